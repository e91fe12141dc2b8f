"""The job: same employer and position, pay on the salary path, and the entrance an older certificate needs."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.check.city.rule_types import SalaryFloor
from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.check.slots import rests_on_salary
from assistant.messages import Text
from assistant.outcome import Finding

_SALARY = "employment.annual_salary"
_FLOOR = "selectors/cities: salary, salary_path"

NOT_AN_EXTENSION = Kind(
    "change.not-an-extension",
    "error",
    Text(
        "换新岗位（职业）不能延期：须先注销现有工作许可，再重新申请",
        "a new occupation can't be extended: cancel the current permit and apply again",
    ),
    Text("岗位（职业）变动不能按延期办理。", "This change of occupation is not an extension."),
    Text("换新职业要先注销现有许可再重新申请。", "A new occupation means cancelling and applying again."),
    Text(
        "改走注销并重新申请；若是同一单位内的变动，改正 change。",
        "Cancel and apply again; if it is a change within the entity, correct `change`.",
    ),
    "selectors/cities: position_changes",
)
OLD_CERTIFICATE = Kind(
    "entrance.old-certificate",
    "error",
    Text(
        "现持的是旧证，请从「{entrance}」办理，不能用工作许可证的延期表",
        "this is an older certificate: use {entrance}, not the work permit's extension form",
    ),
    Text("旧证要从自己的入口延期。", "An older certificate is extended through its own entrance."),
    Text("本工具填写的是工作许可证的延期表。", "This tool fills the extension form of the work permit."),
    Text(
        "从旧证的延期入口办理；若已换发工作许可证，改正 kind。",
        "Use the old certificate's entrance; if it was replaced, correct `kind`.",
    ),
    "selectors/cities: entrances",
)
BELOW_FLOOR = Kind(
    "salary.below-floor",
    "error",
    Text(
        "年薪低于薪资途径的最低要求（当地社会平均工资的 {times} 倍，每月 {monthly} 元）",
        "the pay is below the salary path's floor: {times} times the local average, {monthly} RMB a month",
    ),
    Text("年薪低于薪资途径的最低要求。", "The pay is below the floor of the salary path."),
    Text("系统会直接拦截低于门槛的申请。", "The system blocks a case below it."),
    Text("核对年薪；达不到的，改走其他类别。", "Check the pay; below the floor, use another category."),
    _FLOOR,
)
FLOOR_UNKNOWN = Kind(
    "salary.floor-unknown",
    "warning",
    Text(
        "薪资途径要求不低于当地社会平均工资的 {times} 倍，但{city}的金额没有公布；请先确认",
        "the salary path demands {times} times the local average, an amount not published for {city}; ask first",
    ),
    Text("该城市薪资途径的最低金额没有公布。", "The floor of the salary path is not published for this city."),
    Text("不知道金额就无法判断薪资是否达标。", "Without the amount nobody can say whether the pay suffices."),
    Text("向主管部门确认上年度社会平均工资。", "Ask the authority for last year's local average pay."),
    _FLOOR,
)
NOT_COMPARABLE = Kind(
    "salary.not-comparable",
    "warning",
    Text(
        "薪资途径要求每月不低于 {monthly} 元；年薪没有填写或不是人民币，无法比较",
        "the salary path demands {monthly} RMB a month; the pay is missing or not in RMB, so it can't be compared",
    ),
    Text("年薪缺失或不是人民币，无法与最低要求比较。", "The pay is missing or not in RMB, so it can't be compared."),
    Text("不按汇率猜测。", "Exchange rates are not guessed."),
    Text("填写人民币年薪，或自行按当日汇率核对。", "Give the pay in RMB, or compare it yourself at the day's rate."),
    _FLOOR,
)
KINDS = (
    NOT_AN_EXTENSION,
    OLD_CERTIFICATE,
    BELOW_FLOOR,
    FLOOR_UNKNOWN,
    NOT_COMPARABLE,
)


def check(case: Case) -> Iterator[Finding]:
    yield from _change(case)
    yield from _entrance(case)
    floor = _floor(case)
    if floor is not None and rests_on_salary(case.profile, case.city):
        yield from _salary(case, floor)


def _floor(case: Case) -> SalaryFloor | None:
    """The floor of the place of work where one is published for it, else the city's own."""
    place = case.profile.employment.workplace
    elsewhere = [floor for floor in case.city.salary_elsewhere if floor.workplace in (place.city, place.province)]
    return next((floor for floor in (*elsewhere, *case.city.salary) if floor.covers(case.category)), None)


def _change(case: Case) -> Iterator[Finding]:
    change = case.profile.employment.change
    for rule in case.city.position_changes:
        if rule.change == change and not rule.allowed:
            yield NOT_AN_EXTENSION.at("employment.change", case.by(rule))


def _entrance(case: Case) -> Iterator[Finding]:
    for rule in case.city.entrances:
        if rule.permit == case.profile.work_permit.kind:
            yield OLD_CERTIFICATE.at("work_permit.kind", case.by(rule), entrance=rule.name.text)


def _salary(case: Case, floor: SalaryFloor) -> Iterator[Finding]:
    employment, basis = case.profile.employment, case.by(floor)
    if floor.monthly_rmb is None:
        yield FLOOR_UNKNOWN.at(_SALARY, basis, times=floor.times_local_average, city=case.city.title.text)
    elif employment.annual_salary is None or employment.currency not in (None, "CNY"):
        yield NOT_COMPARABLE.at(_SALARY, basis, monthly=floor.monthly_rmb)
    elif employment.annual_salary < Decimal(12 * floor.monthly_rmb):
        yield BELOW_FLOOR.at(_SALARY, basis, times=floor.times_local_average, monthly=floor.monthly_rmb)
