"""The on-site pack as one A4 page of HTML: self-contained, loads nothing, runs no script."""

from importlib.metadata import version
from pathlib import Path

from assistant.messages import Language, Text
from assistant.review.onsite import OnsitePack

_WORDS = {
    "title": Text("现场办理清单", "On-site checklist"),
    "category": Text("类别", "category"),
    "before": Text("到场之前", "Before the visit"),
    "visits": Text("现场：按窗口顺序", "At the windows, in this order"),
    "who": Text("须到场：", "must come: "),
    "bring": Text("手边备好", "At hand"),
    "papers": Text("提交材料", "Papers to hand in"),
    "perhaps": Text("另备（以窗口要求为准）", "Also to be ready"),
    "offices": Text("地点、时间、电话", "Where, when, phone"),
    "photos": Text("照片", "Photo"),
    "fees": Text("费用", "Fees"),
    "after": Text("护照、取证与核对", "Passport, collection, last checks"),
    "hotlines": Text("咨询", "Hotlines"),
    "no_visit": Text("城市资料中没有须到场的步骤。", "The city's file has no step that needs a visit."),
    "sources": Text("来源（方括号为编号；日期为核对日）", "Sources (numbers in brackets; the day each was checked)"),
    "inferred": Text("推断，请向主管部门确认", "concluded, confirm with the authority"),
    "foot": Text(
        "窗口和要求可能调整，以现场和最新公布为准。",
        "Windows and rules may change; what is said on the spot and published last counts.",
    ),
}


def onsite_page(pack: OnsitePack, language: Language) -> str:
    """The page in one language; names of papers stay in Chinese beside it, since that is what the window says."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
    return template.render(
        pack=pack,
        language="zh-CN" if language == "zh" else "en",
        both=language == "en",
        say=lambda text: text.say(language),
        words=_WORDS,
        version=version("assistant"),
    )
