"""What must fit between a profile's values: order of dates, the passport's machine readable zone, pay where it counts.

The rules look values up by path: in valid data, or, when some values are wrong, in whatever of it is right. A rule whose
values are not all there says nothing, so every mistake is told at once and none twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeAlias, get_args

from pydantic import TypeAdapter, ValidationError

from assistant.messages import Text
from assistant.profile import mrz
from assistant.profile.model import Part
from assistant.profile.paths import read
from assistant.profile.values import Month
from assistant.strict_yaml import KeyPath, Tree

Look: TypeAlias = Callable[[str], object]
Disagreement: TypeAlias = tuple[KeyPath, Text]

# Pay decides these categories, and the portals show its fields for them (portal facts, section 5).
PAY_DECIDES = frozenset({"A3", "A6", "B4", "B6"})

_ORDER = (
    ("applicant.birth_date", "passport.issued_on", Text("签发日期应晚于出生日期", "issued before the person was born")),
    ("passport.issued_on", "passport.expires_on", Text("有效期应晚于签发日期", "expires before it was issued")),
    (
        "employment.contract_from",
        "employment.contract_to",
        Text("合同结束应晚于开始", "the contract ends before it starts"),
    ),
    (
        "employment.requested_from",
        "employment.requested_to",
        Text("申请结束时间应晚于开始时间", "the requested period ends before it starts"),
    ),
    (
        "applicant.birth_date",
        "employment.in_china_since",
        Text("应晚于出生日期", "must be after the date of birth"),
    ),
    (
        "applicant.birth_date",
        "residence_request.entry_date",
        Text("应晚于出生日期", "must be after the date of birth"),
    ),
)


def disagreements(seen: object) -> Iterator[Disagreement]:
    """Everything that does not fit, each with the key path where the person should look first.

    `seen` is valid data, or what `what_is_right` made of other.
    """

    def look(path: str) -> object:
        return read(seen, path)

    yield from _dates_out_of_order(look)
    yield from _rows_out_of_order(look)
    yield from _number_too_long(look)
    yield from _missing_pay(look)
    yield from _without_a_name(look)
    yield from _unlike_the_mrz(look)


def contradicted(seen: object) -> frozenset[str]:
    """The paths that a disagreement is about, both sides of it: which of them is wrong, nobody can say yet."""
    places = {".".join(map(str, place)) for place, _ in disagreements(seen)}
    earlier = {first for first, later, _ in _ORDER if later in places}
    names = {"applicant.surname", "applicant.given_names"} if "applicant.surname" in places else set()
    return frozenset(places | earlier | names)


def _dates_out_of_order(look: Look) -> Iterator[Disagreement]:
    for earlier, later, what in _ORDER:
        first, second = look(earlier), look(later)
        if isinstance(first, date) and isinstance(second, date) and first >= second:
            yield tuple(later.split(".")), what


def _rows_out_of_order(look: Look) -> Iterator[Disagreement]:
    for table in ("education", "work_history"):
        rows = look(table)
        for index, row in enumerate(rows if isinstance(rows, Sequence) else ()):
            first, last = read(row, "from"), read(row, "to")
            if isinstance(first, Month) and isinstance(last, Month) and last < first:
                yield (table, index, "to"), Text("结束年月早于起始年月", "ends before it starts")


def _number_too_long(look: Look) -> Iterator[Disagreement]:
    number, kind = look("passport.number"), look("passport.kind")
    if isinstance(number, str) and kind in ("ordinary", "official", "diplomatic") and len(number) > 9:
        yield (
            ("passport", "number"),
            Text(
                "护照号码最多 9 位；若是其他旅行证件，请把 kind 写作 other",
                "a passport has at most 9; for another travel document set kind: other",
            ),
        )


def _missing_pay(look: Look) -> Iterator[Disagreement]:
    decided_by_pay = look("work_permit.category") in PAY_DECIDES or look("employment.salary_commitment") is True
    if not decided_by_pay or look("employment") is None:
        return
    for key in ("annual_salary", "currency", "months_per_year"):
        if look(f"employment.{key}") is None:
            yield (
                ("employment", key),
                Text(
                    "该人才类别按薪资或积分评定，须填写这一项",
                    "this category is decided by pay or points: fill this in",
                ),
            )


def _without_a_name(look: Look) -> Iterator[Disagreement]:
    persons: list[tuple[KeyPath, object]] = [(("applicant",), look("applicant"))]
    for table in ("family", "companions"):
        rows = look(table)
        persons += [((table, index), row) for index, row in enumerate(rows if isinstance(rows, Sequence) else ())]
    for place, person in persons:
        if person is not None and read(person, "surname") is None and read(person, "given_names") is None:
            yield (
                (*place, "surname"),
                Text(
                    "姓和名都是空的；护照只有一个名时，填在护照所印的那一栏",
                    "surname and given names are both empty; a single name stands where the passport prints it",
                ),
            )


def _unlike_the_mrz(look: Look) -> Iterator[Disagreement]:
    zone = look("passport.mrz")
    if not isinstance(zone, str):
        return
    shown = mrz.read_mrz(zone)
    number, nationality = look("passport.number"), look("applicant.nationality")
    if isinstance(number, str) and number != shown.number:
        yield _unlike("passport.number")
    if isinstance(nationality, str) and mrz.iso_of_icao(nationality) != shown.nationality:
        yield _unlike("applicant.nationality")
    birth, expiry = look("applicant.birth_date"), look("passport.expires_on")
    if isinstance(birth, date) and not shown.has_birth(birth, str(look("applicant.birth_date_known") or "day")):
        yield _unlike("applicant.birth_date")
    if isinstance(expiry, date) and not shown.has_expiry(expiry):
        yield _unlike("passport.expires_on")
    sex = look("applicant.sex")
    if isinstance(sex, str) and not shown.has_sex(sex):
        yield _unlike("applicant.sex")
    surname, given = look("applicant.surname"), look("applicant.given_names")
    if (
        (surname or given)
        and isinstance(surname, str | None)
        and isinstance(given, str | None)
        and not shown.has_names(surname, given)
    ):
        yield _unlike("applicant.surname")


def _unlike(path: str) -> Disagreement:
    what = Text(
        "与护照机读码（passport.mrz）不一致；请对照护照原件改正其中之一",
        "differs from the machine readable zone (passport.mrz); correct one of them from the passport itself",
    )
    if path == "applicant.surname":
        what = Text(
            "姓、名与护照机读码（passport.mrz）不一致；请按机读码拼写填写，两个「<」之间分开姓和名",
            "surname and given names differ from the machine readable zone (passport.mrz); spell them as there: "
            "`<<` parts surname from given names",
        )
    return tuple(path.split(".")), what


# ---- what can be said of a profile that is partly wrong ------------------------------------------------------------


class Wrong(dict[str, object]):
    """Stands where a value was written that can't be used: neither given nor missing, and so is whatever is in it."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # it is looked for in sets of codes

    def get(self, key: str, default: object = None) -> object:
        return self


WRONG = Wrong()


def what_is_right(shape: type[Part], data: Mapping[str, Tree]) -> dict[str, object]:
    """The values that are valid by themselves, as nested dicts under the keys that the file uses."""
    right: dict[str, object] = {}
    for name, info in shape.model_fields.items():
        key = info.alias or name
        written = data.get(key)
        if written is None:
            continue
        try:
            right[key] = _adapter(shape, name).validate_python(written)
        except ValidationError:
            right[key] = _right_inside(info.annotation, written)
    return right


def _right_inside(kind: object, written: Tree) -> object:
    row = next(iter(get_args(kind)), None)
    if isinstance(written, dict) and isinstance(kind, type) and issubclass(kind, Part):
        return what_is_right(kind, written)
    if isinstance(written, list) and isinstance(row, type) and issubclass(row, Part):
        return [_right_inside(row, inner) for inner in written]
    return WRONG


@cache
def _adapter(shape: type[Part], name: str) -> TypeAdapter[object]:
    info = shape.model_fields[name]
    kind: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(kind)
