"""Are there as many pages as there may be, and does each hold something?"""

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import MOST_PAGES, Page, Paper
from assistant.check.documents.pixels import grey_of
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

BLANK_SHARE, _NEARLY = 0.0003, 0.0012
"""Shares of ink: one short line of 12-point type on A4 is about 0.002."""

BLANK = Kind(
    "page.blank",
    "error",
    Text("第 {page} 页是空白页。", "page {page} is blank."),
    Text("有空白页。", "A page is blank."),
    Text(
        "多半是扫描时放反了或多扫了一面，重要内容可能不在文件里。",
        "Usually scanned upside down or a page too many; content may be missing.",
    ),
    Text("请重新扫描或删去空白页。", "Scan again or remove the blank page."),
)
NEARLY = Kind(
    "page.nearly-blank",
    "warning",
    Text("第 {page} 页几乎是空白。", "page {page} is almost blank."),
    Text("有一页几乎没有内容。", "A page holds almost nothing."),
    Text("可能扫描过淡或扫错了面。", "It may be scanned too faint or from the wrong side."),
    Text("请打开看一下是否完整。", "FileResult whether it is complete."),
)
MANY = Kind(
    "pages.more-than-asked",
    "warning",
    Text("文件有 {got} 页，规定只要 {limit} 页。", "the file has {got} pages; the rule asks for {limit}."),
    Text("页数比要求的多。", "More pages than the rule asks for."),
    Text(
        "多出来的页可能放错了，也把不必提供的个人信息交了出去。",
        "They may have slipped in, and give away personal data that nobody asked for.",
    ),
    Text("请只保留要求的页。", "Keep only the pages that are asked for."),
)
UNSEEN = Kind(
    "pages.not-all-seen",
    "warning",
    Text("文件有 {got} 页，只检查了前 {seen} 页。", "the file has {got} pages; only the first {seen} were checked."),
    Text("页数太多，后面的页没有检查。", "Too many pages to look at all."),
    Text("没有检查的页可能有问题。", "Pages not looked at may have faults."),
    Text("请自行翻看其余各页，或拆成几个文件。", "FileResult at the rest yourself or split the file."),
)
KINDS = (BLANK, NEARLY, MANY, UNSEEN)


def applies(rules: FileRules) -> bool:
    return True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Ink is what differs clearly from the page's own ground, so a dark or tinted page can be blank too."""
    found = []
    count, limit = paper.page_count or len(paper.pages), paper.rules.max_pages
    if limit is not None and count > limit:
        found.append(MANY.found(got=count, limit=limit))
    if count > MOST_PAGES:
        found.append(UNSEEN.found(got=count, seen=MOST_PAGES))
    for page in paper.pages:
        ink = ink_share(page)
        if ink < _NEARLY:
            found.append((BLANK if ink < BLANK_SHARE else NEARLY).found(page=page.number))
    return found


def ink_share(page: Page) -> float:
    """The part of the page that is written on, its outermost 2 % (scanner edges) left out."""
    import numpy as np

    grey = grey_of(page.picture)
    high, wide = (max(1, side // 50) for side in grey.shape)
    inner = grey[high:-high, wide:-wide] if min(grey.shape) > 50 else grey
    return float((np.abs(inner - np.median(inner)) > 40).mean())
