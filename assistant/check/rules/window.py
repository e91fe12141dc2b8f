"""The filing window: too early, open, tight, too late, over."""

from collections.abc import Iterator

from assistant.check.deadlines.filing_dates import days_to_keep
from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

_WHERE = "work_permit.expires_on"
_CITY_FILE = "selectors/cities: window, pre_review, margin"

TOO_EARLY = Kind(
    "window.too-early",
    "error",
    Text(
        "工作许可剩余有效期超过 {days} 天，{city}暂不受理；可申请的第一天见 assistant due",
        "more than {days} days of validity left: {city} does not accept it yet; `assistant due` names the first day",
    ),
    Text("还没到可申请的第一天。", "The first filing day has not come yet."),
    Text("平台或窗口不受理过早的申请。", "A case filed too early is not accepted."),
    Text(
        "用 assistant due 查看可申请的第一天，到时再办。",
        "See the first filing day with `assistant due` and file then.",
    ),
    _CITY_FILE,
)
TOO_LATE = Kind(
    "window.too-late",
    "error",
    Text(
        "工作许可剩余有效期不足 {days} 天，{city}不再受理延期；请联系主管部门准备重新申请",
        "under {days} days of validity left: {city} accepts no extension; call the authority and prepare a new application",
    ),
    Text("已过可申请延期的最后一天。", "The last day for an extension has passed."),
    Text("过了期限不能延期，需要重新申请工作许可。", "After it an extension is refused; a new application is needed."),
    Text("立即联系主管部门，按重新申请准备。", "Call the authority at once and prepare a new application."),
    _CITY_FILE,
)
LATE_UNKNOWN = Kind(
    "window.late-unknown",
    "warning",
    Text(
        "工作许可剩余有效期不足 {days} 天，{city}是否仍受理延期没有公布，请立即确认",
        "under {days} days of validity left; whether {city} still accepts an extension is not published, ask at once",
    ),
    Text(
        "已过全国规定的最后一天，该城市是否仍受理没有公布。",
        "Past the national last day; whether this city still accepts is not published.",
    ),
    Text("不知道就不能替您判断。", "What nobody has published is not guessed."),
    Text("今天就致电热线确认，能办则立即提交。", "Call the hotline today; file at once if it is accepted."),
    _CITY_FILE,
)
TIGHT = Kind(
    "window.tight",
    "warning",
    Text(
        "距最后申请日不足 {days} 个工作日（预审加补正），被退回就可能来不及；请今天就提交",
        "fewer than {days} working days (pre-review and correction) before the last filing day: file today",
    ),
    Text(
        "已过稳妥申请日：若被退回，可能来不及补正。",
        "The last safe day has passed: a returned case may not be corrected in time.",
    ),
    Text("预审和补正都要时间（按工作日计算）。", "Pre-review and a correction take working days."),
    Text("今天就提交，材料一次备齐。", "File today, with every paper complete."),
    _CITY_FILE,
)
EXPIRED = Kind(
    "window.expired",
    "error",
    Text(
        "工作许可已过期，不能延期；请核对日期，或向主管部门咨询重新申请",
        "the work permit has expired and can't be extended; check the date or ask about a new application",
    ),
    Text("工作许可已过期。", "The work permit has expired."),
    Text("过期后许可自动注销，不能延期。", "It is cancelled at expiry and can't be extended."),
    Text(
        "核对有效期；确已过期的，向主管部门咨询重新申请。",
        "Check the date; if it is right, ask the authority about a new application.",
    ),
    _CITY_FILE,
)
OPENS_UNCLEAR = Kind(
    "window.opens-unclear",
    "warning",
    Text(
        "较新的来源写到期前 {early} 天可以申请，公布的指南写 {days} 天；请先在系统中试办或确认",
        "a newer source opens {early} days before expiry, the published guide {days}; try it on the system or ask first",
    ),
    Text("可申请的第一天，两个来源说法不同。", "Two sources differ on the first filing day."),
    Text("过早提交可能不被受理，但早办更稳妥。", "Filed too early it may not be accepted; early is safer otherwise."),
    Text(
        "在系统中试办，或致电确认；最迟从较晚的那天起办理。",
        "Try it on the system or call; from the later day on it is open.",
    ),
    _CITY_FILE,
)
KINDS = (
    OPENS_UNCLEAR,
    TOO_EARLY,
    TOO_LATE,
    LATE_UNKNOWN,
    TIGHT,
    EXPIRED,
)


def check(case: Case) -> Iterator[Finding]:
    opens, closes, city = case.city.window.opens, case.city.window.closes, case.city.title.text
    state, longer = case.dates.state(case.on), case.city.window.may_open
    if state == "expired":
        yield EXPIRED.at(_WHERE, case.certainly(closes))
    elif state == "too-early" and longer is not None and case.dates.days_left(case.on) <= longer.days_before_expiry:
        basis = case.by(longer, opens)
        yield OPENS_UNCLEAR.at(_WHERE, basis, early=longer.days_before_expiry, days=opens.days_before_expiry)
    elif state == "too-early":
        yield TOO_EARLY.at(_WHERE, case.by(opens), days=opens.days_before_expiry, city=city)
    elif case.on > case.dates.last_day:
        late = LATE_UNKNOWN if closes.unknown else TOO_LATE
        yield late.at(_WHERE, case.certainly(closes), days=closes.days_before_expiry, city=city)
    elif state == "urgent":
        yield TIGHT.at(_WHERE, case.by(case.city.margin), days=days_to_keep(case.category, case.city))
