"""Is this Python complete?"""

import sys
from collections.abc import Sequence
from importlib.util import find_spec

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text

NEEDED_MODULES = ("playwright", "pydantic", "yaml", "rich", "keyring", "PIL", "numpy", "pypdfium2", "pikepdf", "jinja2")
SCAN_READER = "rapidocr"


def check_python() -> Sequence[Check]:
    """The Python in use has every library that a run needs; reading scans is an extra."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    title = Text("Python", "Python")
    missing = [name for name in NEEDED_MODULES if not has_module(name)]
    if missing:
        names = ", ".join(missing)
        what = Text(f"{version}，缺少组件：{names}", f"{version}, missing: {names}")
        return [Check("python", title, "bad", what, Text("请重新安装本工具。", "Install this tool again."))]
    if not has_module(SCAN_READER):
        what = Text(f"{version}，未安装扫描件文字识别", f"{version}, without text recognition for scans")
        remedy = Text(
            "需要核对扫描件内容时，请安装 assistant[ocr]；否则这类检查只答“无法确定”。",
            "To have scans read, install assistant[ocr]; without it such checks answer “unsure”.",
        )
        return [Check("python", title, "warning", what, remedy, mend="ocr")]
    return [Check("python", title, "ok", Text(version, version))]


def has_module(name: str) -> bool:
    return find_spec(name) is not None
