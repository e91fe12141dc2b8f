"""Is a scan fine enough and sharp enough to be read?"""

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import LONG_SIDE, Page, Paper
from assistant.check.documents.pixels import grey_of
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

_LEAST_DPI, _LEAST_SIDE = 110, 1000
_SHARP, _SURELY_BLURRED = 0.30, 0.16
"""Steepest edge against the page's contrast, both measured on drawn pages: a sharp scan at 150 dpi has about 0.6–1."""

COARSE = Kind(
    "scan.low-resolution",
    "error",
    Text(
        "第 {page} 页只有 {dpi} dpi（长边 {pixels} 像素）。",
        "page {page} has only {dpi} dpi (long side {pixels} pixels).",
    ),
    Text("扫描分辨率过低。", "The scan is too coarse."),
    Text("小字和印章看不清，会被要求重传。", "Small type and seals can't be read; it would be returned."),
    Text("请用 200–300 dpi 彩色重新扫描。", "Scan again in colour at 200–300 dpi."),
)
BLURRED = Kind(
    "scan.blurred",
    "error",
    Text("第 {page} 页模糊。", "page {page} is blurred."),
    Text("扫描或拍照模糊。", "The scan or photo is blurred."),
    Text("文字看不清，会被要求重传。", "It can't be read and would be returned."),
    Text("请重新扫描或拍清楚。", "Scan or photograph it again."),
)
SOFT = Kind(
    "scan.soft",
    "warning",
    Text("第 {page} 页不够清晰。", "page {page} is not quite sharp."),
    Text("页面偏糊，能否接受说不准。", "The page is soft; whether it will do can't be told."),
    Text("是否看得清要由人判断。", "Only a person can judge."),
    Text("请放大看小字是否清楚。", "Zoom in and look at the small type."),
)
KINDS = (COARSE, BLURRED, SOFT)


def applies(rules: FileRules) -> bool:
    """A photo has a pixel rule of its own, and a face has no type to be sharp."""
    return rules.min_pixels is None and rules.aspect is None


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    found = []
    for page in paper.pages:
        if page.scan_pixels is None:
            continue
        long_side = max(page.scan_pixels)
        dpi = round(long_side / (page.long_mm / 25.4))
        if dpi < _LEAST_DPI and long_side < _LEAST_SIDE:
            found.append(COARSE.found(page=page.number, dpi=dpi, pixels=long_side))
            continue
        sharpness = sharpness_of(page)
        if sharpness is not None and sharpness < _SHARP:
            found.append((BLURRED if sharpness < _SURELY_BLURRED else SOFT).found(page=page.number))
    return found


def sharpness_of(page: Page) -> float | None:
    """How steep the page's steepest edges are, from 0 to about 1; None when it has too little on it to tell."""
    import numpy as np

    assert page.scan_pixels is not None
    grey = grey_of(page.drawn(min(LONG_SIDE, max(page.scan_pixels))))
    contrast = float(np.percentile(grey, 99.5) - np.percentile(grey, 0.5))
    if contrast < 40:
        return None
    across, down = np.abs(np.diff(grey, axis=1)), np.abs(np.diff(grey, axis=0))
    return float(max(np.percentile(across, 99.7), np.percentile(down, 99.7))) / contrast
