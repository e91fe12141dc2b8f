"""Has somebody signed it? A pen's stroke in blue ink is seen; a black one can't be told from print, and is `unsure`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.documents.checks.colour import is_grey
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.pixels import in_hues, patches
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.result import FileResult

NOT_SEEN = Kind(
    "signature.not-seen",
    "warning",
    Text(
        "没有看出手写签名（黑色墨水的签名无法自动辨认）。",
        "no handwritten signature was made out (one in black ink can't be told from print).",
    ),
    Text("应当签名的材料上没有看出签名。", "No signature was made out on a paper that must be signed."),
    Text(
        "漏签是常见的退件原因，签名须与护照一致。",
        "A missing signature is a common reason for return; it must match the passport.",
    ),
    Text("请看一下是否已经签名。", "FileResult whether it is signed."),
)
KINDS = (NOT_SEEN,)


def applies(rules: FileRules) -> bool:
    return rules.signature


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Leaves a mark for `together`: yes, grey or no."""
    if any(signed(page) for page in paper.pages):
        paper.marks["signature"] = "yes"
    else:
        grey = paper.rules.colour and all(page.scanned and is_grey(page) for page in paper.pages)
        paper.marks["signature"] = "grey" if grey else "no"
    return []


def together(rules: FileRules, looks: Sequence["FileResult"]) -> list[Found]:
    marks = {look.marks.get("signature", "") for look in looks}
    return [NOT_SEEN.found()] if "no" in marks and not marks & {"yes", "grey"} else []


def signed(page: Page) -> bool:
    """A thin blue stroke, wider than 8 mm and not a filled figure, as a photo's background would be."""
    blue = in_hues(page.picture[::2, ::2], 195, 275, saturation=0.28, value=(0, 225))
    millimetre = 0.5 / page.mm_per_pixel
    cell = max(2, round(millimetre))
    for patch in patches(blue, cell, share=0.06):
        if not (
            8 * millimetre <= patch.width <= 110 * millimetre and 2.5 * millimetre <= patch.height <= 50 * millimetre
        ):
            continue
        filled = float(blue[patch.top : patch.bottom, patch.left : patch.right].mean())
        if 0.004 <= filled <= 0.3:
            return True
    return False
