"""Is this passport or permit the applicant's own? What is read on the page is compared with the profile, never repaired.

A difference of look-alike characters alone, or a reading that contradicts itself, is `unsure` and for the person's eyes;
any other difference means the paper of somebody else, or an old one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.check.documents.engine.ink import inked_lines
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import (
    SOUND_SECOND,
    ExpectedZone,
    FieldVerdict,
    ReadZone,
    compare,
    looks_like_zone,
    soundness_of,
    zones_in,
)
from assistant.check.documents.ocr import NOT_INSTALLED, TextLine, installed, reader, rows_of
from assistant.check.documents.paper import READING_SIDE, Page, Paper
from assistant.check.documents.text import printed_days, printed_name, printed_number
from assistant.check.documents.tilt.level import level_parts
from assistant.check.file_rules import FileRules, IdentityPaper
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Pixels

_ICAO = "ICAO Doc 9303"
_MOST_PAGES = 8
_STRETCHES = (1.25, 1.4, 1.6)
_SURE, _FEW = 0.9, 4
_ZONE_SHAPE = 12
"""Width by height: no other line of a passport page is as long."""
_WORDS = {
    "number": Text("证件号码", "document number"),
    "name": Text("姓名", "name"),
    "nationality": Text("国籍", "nationality"),
    "birth": Text("出生日期", "date of birth"),
    "sex": Text("性别", "sex"),
    "expiry": Text("有效期", "date of expiry"),
}

OTHER = Kind(
    "identity.other-document",
    "error",
    Text("证件与资料不符：{what}。", "the document does not agree with the profile: {what}."),
    Text(
        "证件不是该申请人的，或不是资料里填的那一本。",
        "The document is somebody else's, or not the one in the profile.",
    ),
    Text(
        "传错人的证件会导致退件，也会泄露他人信息。",
        "Somebody else's document gets the case returned and exposes that person.",
    ),
    Text("请核对是否拿错了文件，或资料填写有误。", "Check whether the file or the profile is wrong."),
    _ICAO,
    words=_WORDS,
)
ALIKE = Kind(
    "identity.look-alike",
    "warning",
    Text(
        "识别结果与资料只差形近字符（如 O/0、I/1、B/8）：{what}。",
        "the reading differs from the profile in look-alike characters only (O/0, I/1, B/8): {what}.",
    ),
    Text(
        "只有形近字符不同，可能是识别误差，也可能资料填错。",
        "Only look-alike characters differ: a misreading or a typing mistake.",
    ),
    Text(
        "一个字符之差就是另一本证件，程序不会替您改。",
        "One character makes it another document; the tool never corrects it by itself.",
    ),
    Text("请对照证件原件逐字核对。", "Compare with the original, character by character."),
    _ICAO,
    words=_WORDS,
)
MISREAD = Kind(
    "identity.not-confirmed",
    "warning",
    Text("证件内容没有可靠识别，无法确认：{what}。", "the reading is not reliable enough to confirm: {what}."),
    Text(
        "识别结果与自身的校验位矛盾，或没有得到第二处印证。",
        "The reading contradicts its own check digit or nothing else on the page confirms it.",
    ),
    Text("不可靠的识别结果不能算核对通过。", "An unreliable reading proves nothing."),
    Text("请对照证件自行核对，或换一份更清楚的扫描件。", "Check by eye or make a clearer scan."),
    _ICAO,
    words=_WORDS,
)
UNREADABLE = Kind(
    "identity.unreadable",
    "warning",
    Text("没有认出证件的资料（机读码或号码）。", "neither a machine-readable zone nor the number was made out."),
    Text("页面上没有找到机读码，也没有认出证件号码。", "No machine-readable zone and no document number were found."),
    Text("可能不是资料页，或扫描不清。", "It may not be the data page, or the scan is unclear."),
    Text("请确认是资料页并重新扫描。", "Make sure it is the data page and scan it again."),
    _ICAO,
)
ALSO = Kind(
    "identity.another-person-too",
    "info",
    Text("文件里还有另一个人的证件（第 {page} 页）。", "another person's document is in it too (page {page})."),
    Text(
        "除申请人本人的证件外，文件里还有别人的证件。", "Beside the applicant's own document it holds somebody else's."
    ),
    Text("把不必提供的他人信息交了出去。", "It gives away another person's data that nobody asked for."),
    Text("请只保留申请人本人的那一页。", "Keep only the applicant's own page."),
    _ICAO,
)
KINDS = (OTHER, ALIKE, MISREAD, UNREADABLE, ALSO)


def applies(rules: FileRules) -> bool:
    return rules.identity is not None


@dataclass(frozen=True)
class Reading:
    """What was read on one page, one way up: its zone, and everything else as upper-case lines without spaces."""

    page: int
    zone: ReadZone | None
    printed: str
    upright: bool = True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Whose paper it is, is read in its picture, whatever the file says of itself. The best reading of any page decides."""
    if not installed():
        return [NOT_INSTALLED.found()]
    assert paper.rules.identity is not None
    return judge(readings_for(paper, case), paper.rules.identity, case)


def readings_for(paper: Paper, case: ApplicantFacts) -> Iterator[Reading]:
    """The readings by which the paper is judged for this applicant. A page that shows at a first glance to be the applicant's
    own is not looked at any further; every other one is read in whole."""
    kind = paper.rules.identity
    assert kind is not None
    return readings_of(paper, lambda reading: confirms(reading, kind, case))


def confirms(reading: Reading, paper: IdentityPaper, case: ApplicantFacts) -> bool:
    """Whether this reading alone shows the paper to be the applicant's own."""
    verdicts = _verdicts(reading, paper, case)
    return bool(verdicts) and not _found(verdicts)


def glances_of(paper: Paper) -> Iterator[Reading]:
    """What is seen of each page at a first glance."""
    for page in paper.pages[:_MOST_PAGES]:
        yield from _glances(page, paper)


def judge(readings: Iterable[Reading], paper: IdentityPaper, case: ApplicantFacts) -> list[Found]:
    """What the readings say about the paper: the applicant's own page counts wherever it lies, another's beside it is
    mentioned. Of each page's printed words the first telling ones count."""
    best: list[Found] = [UNREADABLE.found()]
    told: set[int] = set()
    own, strangers = False, []
    for reading in readings:
        if reading.page in told and reading.zone is None:
            continue
        verdicts = _verdicts(reading, paper, case)
        if not verdicts:
            continue
        told.add(reading.page)
        found = _found(verdicts)
        own = own or not found
        if reading.zone is not None and verdicts["number"] == verdicts["name"] == "other":
            strangers.append(reading.page)
        if found and _says_more(found[0], best[0]):
            best = found
    also = [ALSO.found(page=strangers[0])] if strangers else []
    if own:
        return also
    return best if best[0].code == OTHER.code else [*best, *also]


def _says_more(new: Found, best: Found) -> bool:
    """A reading says more than none, and a doubt about the applicant's own page more than that another page is another's."""
    return best.code == UNREADABLE.code or (best.code == OTHER.code and new.code != OTHER.code)


def readings_of(paper: Paper, confirms: Callable[[Reading], bool] = lambda reading: False) -> Iterator[Reading]:
    """Each page as it lies, then turned as its lines suggest; one reading for each zone, side by side or one below another.

    A page with a zone that was read is not turned further, nor, beside such a page or on a paper that has none, one that
    reads well as it lies.
    """
    found_any, zoneless = False, paper.rules.identity == "work_permit"
    for page in paper.pages[:_MOST_PAGES]:
        own = next((reading for reading in _glances(page, paper) if confirms(reading)), None)
        if own is not None:
            found_any = found_any or own.zone is not None
            yield own
            continue
        page.read = ""
        for lines in _turned(page, paper):
            found = list(_readings_in(lines, page))
            yield from found
            zones = found[0].zone is not None
            found_any = found_any or zones
            if zones or (_reads_well(lines) and (found_any or zoneless)):
                break


def _readings_in(lines: Sequence[TextLine], page: Page) -> Iterator[Reading]:
    """A reading for each zone among the lines; one without a zone where there is none."""
    printed = "\n".join(line.text.upper().replace(" ", "") for line in lines if not looks_like_zone(line.text))
    upright = len(lines) >= 4 and _is_upright(lines)
    columns = [rows_of(column) for column in _columns(lines)]
    zones: list[ReadZone | None] = [zone for rows in columns for zone in zones_in(rows)]
    if zones or not page.read:
        page.read = "\n".join(row for rows in columns for row in rows)
    yield from (Reading(page.number, zone, printed, upright) for zone in zones or [None])


def _glances(page: Page, paper: Paper) -> Iterator[Reading]:
    """What stands in the lines that are seen by their ink: first those as long as a zone's, then the others, a few at a time.
    Of a page that says itself what stands on it, all are read, to be compared."""
    picture = page.drawn(READING_SIDE)
    boxes = inked_lines(picture)
    long = (boxes[:, 1] - boxes[:, 0])[:, 0] >= _ZONE_SHAPE * (boxes[:, 3] - boxes[:, 0])[:, 1]
    lines = reader().lines_at(picture, boxes[long])
    if paper.rules.identity == "passport" and not any(looks_like_zone(line.text) for line in lines):
        return
    others, few = boxes[~long], len(boxes) if page.layer.strip() else _FEW
    if not page.layer.strip():
        yield from _glance(lines, page, paper, picture)
    for start in range(0, len(others), few):
        found = reader().lines_at(picture, others[start : start + few])
        lines += [line for line in found if line.score >= _SURE]
        yield from _glance(lines, page, paper, picture)


def _glance(lines: Sequence[TextLine], page: Page, paper: Paper, picture: "Pixels") -> Iterator[Reading]:
    in_order = sorted(lines, key=lambda line: (line.middle[1], line.middle[0]))
    page.read = ""
    _keep_crop(paper, picture, in_order)
    yield from _readings_in(in_order, page)


def _reads_well(lines: Sequence[TextLine]) -> bool:
    """Level lines that were read for sure: the page is neither upside down nor on its side. So is an empty one."""
    sure = sum(line.score >= 0.85 for line in lines)
    return _is_upright(lines) and sure * 3 >= len(lines) * 2


def _columns(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines parted where two documents lie side by side: where lines of two zones stand beside each other."""
    zones = sorted((line for line in lines if looks_like_zone(line.text)), key=lambda line: line.middle[0])
    parts = [
        (_right(one) + _left(next_one)) / 2
        for one, next_one in pairwise(zones)
        if _right(one) < _left(next_one) and _is_upright([one, next_one])
    ]
    columns: list[list[TextLine]] = [[] for _ in range(len(parts) + 1)]
    for line in lines:
        columns[sum(line.middle[0] > part for part in parts)].append(line)
    return columns


def _left(line: TextLine) -> float:
    return min(x for x, _ in line.box)


def _right(line: TextLine) -> float:
    return max(x for x, _ in line.box)


def _turned(page: Page, paper: Paper) -> Iterator[list[TextLine]]:
    """The lines read on the page as it lies; then, as they suggest, upside down or turned by a quarter."""
    import numpy as np

    picture = page.drawn(READING_SIDE)
    lines = _level_again(page, picture, _zone_again(picture, reader().lines(picture)))
    _keep_crop(paper, picture, lines)
    yield lines
    for quarters in (2,) if _is_upright(lines) else (1, 3):
        turned = np.ascontiguousarray(np.rot90(picture, quarters))
        lines = _zone_again(turned, reader().lines(turned))
        _keep_crop(paper, turned, lines)
        yield lines


def _keep_crop(paper: Paper, picture: "Pixels", lines: Sequence[TextLine]) -> None:
    """The last zone seen is what a person should compare; before any is seen, the page."""
    if paper.crop is None or any(looks_like_zone(line.text) for line in lines):
        paper.crop = _crop(picture, lines)


def _zone_again(picture: "Pixels", lines: Sequence[TextLine]) -> list[TextLine]:
    """The zone's lines read several times; kept is what two readings agree on, else the one that agrees best with itself.

    The profile has no say in the choice: it is compared with the outcome only.
    """
    better = []
    for line in lines:
        if not looks_like_zone(line.text) or soundness_of(line.text) >= SOUND_SECOND:
            better.append(line)
            continue
        readings = [line, *(reader().again(picture, line, stretch) for stretch in _STRETCHES)]
        texts = [reading.text for reading in readings]
        better.append(max(readings, key=lambda one: (soundness_of(one.text), texts.count(one.text), one.score)))
    return better


def _level_again(page: Page, picture: "Pixels", lines: list[TextLine]) -> list[TextLine]:
    """Of a page that was photographed askew: its zone read once more where it is level and larger, in the place of lines that do not
    agree with themselves. The profile has no say in it either."""
    seen = [line for line in lines if looks_like_zone(line.text)]
    if any(soundness_of(line.text) >= SOUND_SECOND for line in seen) or not _is_upright(lines):
        return lines
    high, wide = picture.shape[:2]
    parts = level_parts(page, 0, (wide, high), lines, lambda line: looks_like_zone(line.text), reader().lines)
    for part, found in parts:
        again = [line for line in _zone_again(part.picture, found) if looks_like_zone(line.text)]
        if any(soundness_of(line.text) >= SOUND_SECOND for line in again):
            printed = [line for line in (*lines, *map(part.line_on_page, found)) if not looks_like_zone(line.text)]
            return sorted([*printed, *map(part.line_on_page, again)], key=lambda line: (line.middle[1], line.middle[0]))
    return lines


def _is_upright(lines: Sequence[TextLine]) -> bool:
    """Level lines, though perhaps upside down."""
    return sum(line.length >= line.height for line in lines) * 2 >= len(lines)


def _crop(picture: "Pixels", lines: Sequence[TextLine]) -> "Pixels":
    """The zone with a little around it, else the whole page."""
    corners = [corner for line in lines if looks_like_zone(line.text) for corner in line.box]
    if not corners:
        return picture
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return picture[max(0, int(min(ys)) - 12) : int(max(ys)) + 12, max(0, int(min(xs)) - 12) : int(max(xs)) + 12]


def _verdicts(reading: Reading, paper: IdentityPaper, case: ApplicantFacts) -> dict[str, FieldVerdict]:
    """Field by field; empty when the page says nothing about whose it is."""
    if reading.zone is not None:
        verdicts = compare(reading.zone, _wanted(paper, case), reading.printed)
        if paper == "residence_permit" and case.residence_number:
            verdicts["number"] = _worse(
                verdicts["number"], printed_number(case.residence_number, reading.printed, case)
            )
        return verdicts
    return _by_print(reading.printed, paper, case) if paper != "passport" and reading.upright else {}


def _wanted(paper: IdentityPaper, case: ApplicantFacts) -> ExpectedZone:
    permit = paper != "passport"
    expires = case.residence_expires if permit else case.passport_expires
    return ExpectedZone(
        surname=case.surname,
        given_names=case.given_names,
        nationality=case.nationality,
        birth=case.birth_date.replace("-", "")[2:],
        sex=case.sex,
        expiry=expires.replace("-", "")[2:],
        numbers=(case.passport_number, case.residence_number) if permit else (case.passport_number,),
    )


def _by_print(printed: str, paper: IdentityPaper, case: ApplicantFacts) -> dict[str, FieldVerdict]:
    """A permit without a zone: its number, the holder's name and its expiry as printed. Empty when nothing was made out."""
    residence = paper == "residence_permit"
    number = case.residence_number if residence else case.work_permit_number
    expires = case.residence_expires if residence else case.work_permit_expires
    by_number = printed_number(number, printed, case) if number else "misread"
    by_name = printed_name(printed, case)
    verdicts: dict[str, FieldVerdict] = {
        "number": by_number,
        # Without another number beside it, a name that wasn't found wasn't read.
        "name": "misread" if by_name == "other" and by_number != "other" else by_name,
        "expiry": "same" if expires in printed_days(printed) else "misread",
    }
    return {} if set(verdicts.values()) == {"misread"} else verdicts


def _worse(one: FieldVerdict, other: FieldVerdict) -> FieldVerdict:
    order: tuple[FieldVerdict, ...] = ("same", "alike", "misread", "other")
    return max(one, other, key=order.index)


def _found(verdicts: dict[str, FieldVerdict]) -> list[Found]:
    """Another person's paper if any field is another; else what could not be confirmed; else what only looks alike."""
    by = {
        verdict: [name for name, got in verdicts.items() if got == verdict] for verdict in ("other", "misread", "alike")
    }
    if by["other"]:
        return [OTHER.found(what="+".join(by["other"]))]
    if by["misread"]:
        return [MISREAD.found(what="+".join(by["misread"] + by["alike"]))]
    return [ALIKE.found(what="+".join(by["alike"]))] if by["alike"] else []
