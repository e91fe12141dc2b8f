"""Is the red seal on it, where one must be? One of the slot's files is enough."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.documents.checks.colour import is_grey
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.pixels import Patch, in_hues, patches
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.pixels import Mask
    from assistant.check.documents.result import FileResult

_SECTORS = 72
_RULE = "http://spanish.beijing.gov.cn/mostrequested/workpermit/foreignhighendtalents/202009/t20200925_2098065.html"

MISSING = Kind(
    "seal.missing",
    "error",
    Text("没有看到红色公章。", "no red seal was seen."),
    Text("应当盖章的材料上没有红章。", "A paper that must be sealed shows no red seal."),
    Text(
        "未盖章的材料无效；黑白扫描件也看不出红章。",
        "Without the seal it counts for nothing; a grey copy can't show one either.",
    ),
    Text("请盖单位公章后彩色扫描。", "Have it sealed and scan it in colour."),
    _RULE,
)
UNCLEAR = Kind(
    "seal.unclear",
    "warning",
    Text("有红色印迹，但看不出完整的印章。", "there is something red, but no complete seal was made out."),
    Text("印章不完整、过淡或与其他内容重叠。", "The seal is cut, faint or overlapped."),
    Text("印章不清会被要求重新提交。", "An unclear seal may be returned."),
    Text("请打开看印章是否完整、清楚。", "FileResult whether the seal is whole and clear."),
    _RULE,
)
KINDS = (MISSING, UNCLEAR)


def applies(rules: FileRules) -> bool:
    return rules.seal


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Leaves a mark for `together`: yes, unclear, grey or no."""
    seen = {seal_on(page) for page in paper.pages}
    if paper.rules.colour and all(page.scanned and is_grey(page) for page in paper.pages):
        seen = {"grey"}
    paper.marks["seal"] = next(mark for mark in ("yes", "unclear", "grey", "no") if mark in seen)
    return []


def together(rules: FileRules, looks: Sequence["FileResult"]) -> list[Found]:
    """Over all files of the slot. A grey scan is told by the colour check and not twice."""
    marks = {look.marks.get("seal", "") for look in looks}
    if "yes" in marks or "grey" in marks or not marks - {""}:
        return []
    return [UNCLEAR.found()] if "unclear" in marks else [MISSING.found()]


def seal_on(page: Page) -> str:
    """`yes` for a red ring of a seal's size with something inside, `unclear` for another red patch of that size, else `no`."""
    picture = page.picture[::2, ::2]
    red = in_hues(picture, -22, 18, saturation=0.22, value=(70, 255))
    wide = picture.shape[1]
    cell = max(2, max(picture.shape[:2]) // 280)
    likely = [
        patch
        for patch in patches(red, cell)
        if 0.07 * wide <= patch.width <= 0.45 * wide and 0.07 * wide <= patch.height <= 0.45 * wide
    ]
    if any(_is_seal(red, patch) for patch in likely):
        return "yes"
    return "unclear" if likely else "no"


def _is_seal(red: "Mask", patch: Patch) -> bool:
    """Round or oval; red along at least 60 % of its rim; neither empty nor a solid blot inside."""
    import numpy as np

    ys, xs = np.nonzero(red[patch.top : patch.bottom, patch.left : patch.right])
    top, bottom = np.percentile(ys, (0.3, 99.7))
    left, right = np.percentile(xs, (0.3, 99.7))
    half_high, half_wide = max(1.0, (bottom - top) / 2), max(1.0, (right - left) / 2)
    if not 0.6 <= half_wide / half_high <= 1.7:
        return False
    down, across = (ys - (top + bottom) / 2) / half_high, (xs - (left + right) / 2) / half_wide
    radius = np.hypot(down, across)
    rim = (radius > 0.84) & (radius < 1.1)
    sectors = ((np.arctan2(down[rim], across[rim]) + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
    covered = len(np.unique(sectors)) / _SECTORS
    filled = len(ys) / (np.pi * half_high * half_wide)
    inside = float((radius < 0.75).mean())
    return covered >= 0.6 and 0.04 <= filled <= 0.75 and inside >= 0.08
