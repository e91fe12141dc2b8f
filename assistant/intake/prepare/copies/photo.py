"""The applicant's photo: cut to its shape around the head, never retouched; and which of the portal's points were measured. In the child.

Measured by the figure's outline: the shape, the size, the ground (white or blue, even), where the head's middle lies, how high it is, where
the crown is; by the picture: sharpness and brightness. Left to the eye: where the eyes are and whether they are open and red, glasses, a
tilted head, hair over the face. The ground is looked at and never painted; a picture is never enlarged.
"""

from typing import TYPE_CHECKING

from assistant.check.file_rules import FileRules
from assistant.intake.prepare.portrait import Figure, figure_in

if TYPE_CHECKING:
    from PIL import Image

_SHAPE_TOLERANCE = 0.03
_HEAD = 0.66
"""Crown to neck as a part of the height: about two thirds, which leaves the chin at 70–80 % with the space above the head."""
_ABOVE = 0.09
_HEADS = (0.48, 0.82)
"""A head within is left as the studio framed it, where the shape is right already."""
MEASURED = ("shape", "size", "ground", "middle", "head", "sharpness", "brightness")
BY_EYE = ("eyes", "pupils", "red-eyes", "tilt", "glasses", "covered", "saturation")


def has_shape(size: tuple[int, int], rules: FileRules) -> bool:
    """Whether a picture has the print's shape."""
    if rules.aspect is None:
        return True
    wanted = rules.aspect[0] / rules.aspect[1]
    return abs(size[0] / size[1] - wanted) / wanted <= _SHAPE_TOLERANCE


def cropped(image: "Image.Image", rules: FileRules) -> "Image.Image | None":
    """The photo in its shape, the head in its middle; None where it has that already, or no outline says where the head is."""
    import numpy as np

    if rules.aspect is None:
        return None
    wanted = rules.aspect[0] / rules.aspect[1]
    figure = figure_in(np.asarray(image.convert("RGB")))
    if figure is None or (has_shape(image.size, rules) and _HEADS[0] <= figure.head <= _HEADS[1]):
        return None
    return image.crop(_frame(image.size, figure, wanted))


def _frame(size: tuple[int, int], figure: Figure, wanted: float) -> tuple[int, int, int, int]:
    """Left, top, right, bottom: the head as high as it has to be and in the middle, as far as the picture reaches."""
    wide, high = size
    height = min(figure.head * high / _HEAD, float(high), wide / wanted)
    width = height * wanted
    top = min(max(0.0, figure.crown * high - _ABOVE * height), high - height)
    left = min(max(0.0, figure.middle * wide - width / 2), wide - width)
    return round(left), round(top), round(left + width), round(top + height)
