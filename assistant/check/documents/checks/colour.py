"""Is it a colour scan, where the rule asks for the original's colours?"""

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.pixels import chroma_of
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

_TINT, _SHARE = 6, 0.0001

GREY = Kind(
    "colour.grey",
    "error",
    Text("第 {page} 页是黑白（灰度）扫描，看不出红章。", "page {page} is a grey scan, which can't show a red seal."),
    Text("要求原件彩色扫描，文件却是黑白的。", "The rule asks for a colour scan of the original; this one is grey."),
    Text(
        "材料须为原件彩色扫描件；灰度件看不出红章，会被退回。",
        "Colour scans of originals are demanded; a grey copy can't show a red seal and is returned.",
    ),
    Text("请用彩色模式重新扫描原件。", "Scan the original again in colour."),
    "https://stic.sz.gov.cn/xxgk/ztzl/wzyw/content/post_10419526.html",
)
KINDS = (GREY,)


def applies(rules: FileRules) -> bool:
    return rules.colour


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Pages drawn by a program have no scanner's mode; only scanned pages count."""
    return [GREY.found(page=page.number) for page in paper.pages if page.scanned and is_grey(page)]


def is_grey(page: Page) -> bool:
    """Hardly a pixel has any tint: a colour scan always has some, from paper, ink or the sensor."""
    return float((chroma_of(page.picture[::2, ::2]) > _TINT).mean()) < _SHARE
