"""The applicant's photo: pixels, shape, and the background of its use (white online, blue on Shenzhen's paper form)."""

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Page, Paper
from assistant.check.documents.pixels import chroma_of, in_hues
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

_SHAPE_TOLERANCE = 0.04
"""354 × 472 pixels, which the national system asks for, is 2.9 % off the 35 × 48 mm it also asks for."""

SMALL = Kind(
    "photo.too-few-pixels",
    "error",
    Text(
        "照片为 {wide}×{high} 像素，至少要 {least}。",
        "the photo has {wide}×{high} pixels, at least {least} are needed.",
    ),
    Text("照片像素不足。", "The photo has too few pixels."),
    Text("系统会拒收。", "The system refuses it."),
    Text("请用照相馆提供的原始电子照片，不要放大。", "Use the studio's original file; don't enlarge a small one."),
)
SHAPE = Kind(
    "photo.wrong-shape",
    "error",
    Text("照片宽高比不符合 {shape} 毫米。", "the photo's shape does not fit {shape} mm."),
    Text("照片比例不对。", "The photo's shape is wrong."),
    Text("会被拉伸变形或拒收。", "It would be stretched or refused."),
    Text("请按规定比例裁剪，不要拉伸。", "Crop it to the shape; don't stretch it."),
)
BLUE = Kind(
    "photo.blue-for-online",
    "error",
    Text("照片是蓝底，网上填报要白底。", "the photo has a blue background; the online form wants white."),
    Text("把纸质表用的蓝底照片用在了网上。", "The blue photo of the paper form was used online."),
    Text(
        "白底用于网上填报，蓝底只贴在深圳的纸质签证申请表上，两者不能混用。",
        "White is for the online form, blue only for Shenzhen's paper visa form.",
    ),
    Text("请换成白底照片。", "Use the one with a white background."),
)
WHITE = Kind(
    "photo.white-for-paper",
    "error",
    Text("照片是白底，纸质表要蓝底。", "the photo has a white background; the paper form wants blue."),
    Text("把网上用的白底照片用在了纸质表上。", "The online photo was used for the paper form."),
    Text("深圳的纸质签证申请表要求蓝底照片。", "Shenzhen's paper visa form wants a blue background."),
    Text("请换成蓝底照片。", "Use the one with a blue background."),
)
GROUND = Kind(
    "photo.background",
    "error",
    Text("照片背景不是规定的纯{want}。", "the photo's background is not plain {want}."),
    Text("照片背景颜色不对或杂乱。", "The background has the wrong colour or is not plain."),
    Text("背景不合格的照片会被退回。", "Such a photo is returned."),
    Text("请重新拍摄。", "Have a new one taken."),
    words={"white": Text("白色", "white"), "blue": Text("蓝色", "blue")},
)
DOUBT = Kind(
    "photo.background-unclear",
    "warning",
    Text("照片背景接近{want}，但不均匀或偏灰。", "the photo's background is nearly {want} but uneven or greyish."),
    Text("背景不够干净。", "The background is not quite clean."),
    Text("能否通过检测说不准。", "Whether it passes can't be told."),
    Text("请与照相馆确认，必要时重拍。", "Ask the studio; take a new one if need be."),
    words={"white": Text("白色", "white"), "blue": Text("蓝色", "blue")},
)
KINDS = (SMALL, SHAPE, BLUE, WHITE, GROUND, DOUBT)


def applies(rules: FileRules) -> bool:
    return rules.min_pixels is not None or rules.aspect is not None or rules.background is not None


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    rules, page = paper.rules, paper.pages[0]
    wide, high = page.scan_pixels or (page.picture.shape[1], page.picture.shape[0])
    found = []
    if rules.min_pixels and (wide < rules.min_pixels[0] or high < rules.min_pixels[1]):
        found.append(SMALL.found(wide=wide, high=high, least=f"{rules.min_pixels[0]}×{rules.min_pixels[1]}"))
    if rules.aspect:
        wanted = rules.aspect[0] / rules.aspect[1]
        if abs(wide / high - wanted) / wanted > _SHAPE_TOLERANCE:
            found.append(SHAPE.found(shape=f"{rules.aspect[0]}×{rules.aspect[1]}"))
    if rules.background:
        found += _of_background(page, rules.background)
    return found


def _of_background(page: Page, want: str) -> list[Found]:
    """Judged by the strip above the head and the sides down to the ears."""
    import numpy as np

    picture = page.picture
    high, wide = picture.shape[:2]
    side, top = max(1, wide // 12), max(1, high // 20)
    parts = (picture[:top], picture[: high // 2, :side], picture[: high // 2, -side:])
    edge = np.concatenate([part.reshape(-1, 1, 3) for part in parts])
    white = float(((edge.min(axis=2) >= 225) & (chroma_of(edge) <= 20)).mean())
    light = float(((edge.min(axis=2) >= 185) & (chroma_of(edge) <= 26)).mean())
    blue = float(in_hues(edge, 190, 250, saturation=0.25, value=(90, 255)).mean())
    share, other = (white, blue) if want == "white" else (blue, white)
    if share >= 0.93:
        return []
    if other >= 0.6:
        return [(BLUE if want == "white" else WHITE).found()]
    nearly = share >= 0.6 or (want == "white" and light >= 0.85)
    return [(DOUBT if nearly else GROUND).found(want=want)]
