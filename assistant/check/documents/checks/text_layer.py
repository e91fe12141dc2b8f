"""Does the file say something else of itself than can be seen on it? Judged by what the other checks had to read anyway."""

from collections.abc import Sequence

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.mrz_compare import name_others, zones_in
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.text import says_the_same
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

_LEAST = 20

DIFFERS = Kind(
    "text.not-as-seen",
    "info",
    Text(
        "第 {page} 页里隐藏的文字与画面上看到的不同；只按画面判断。",
        "page {page} carries hidden text that differs from what is seen; only what is seen was judged.",
    ),
    Text("文件自带的文字层与画面内容不一致。", "The file's own text layer does not say what its picture shows."),
    Text(
        "文字层多半识别有误，或来自另一份文件；审核人员看到的是画面。",
        "The layer is usually a bad recognition or another paper's; the officer sees the picture.",
    ),
    Text("建议重新扫描或打印成新的 PDF。", "Better scan it again or print it to a new PDF."),
)
KINDS = (DIFFERS,)


def applies(rules: FileRules) -> bool:
    return True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    return [DIFFERS.found(page=page.number) for page in paper.pages if _differs(page)]


def _differs(page: Page) -> bool:
    """A page that was read is compared with its layer; of one that could be taken from its text, what isn't painted counts."""
    claimed, painted = _signs(page.layer), _signs(page.kept.get("text", ""))
    if len(claimed) < _LEAST:
        return False
    rows = (page.read or page.kept.get("first", "")).splitlines()
    if not rows:
        return bool(painted) and len(claimed) - len(painted) >= _LEAST
    return not says_the_same(rows, page.layer) or _names_another(page.layer.splitlines(), rows)


def _names_another(claimed: Sequence[str], rows: Sequence[str]) -> bool:
    """Whether the layer holds a zone that isn't on the page."""
    seen = list(zones_in(rows))
    return bool(seen) and any(all(name_others(zone, other) for other in seen) for zone in zones_in(claimed))


def _signs(text: str) -> str:
    return "".join(text.split())
