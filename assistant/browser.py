"""The browser the person sees: found or installed, opened with a folder of its own, and closed without a trace.

Never the person's daily browser profile, never an open debugging port. What goes wrong here is a `SetupError` in plain
words; nothing of Playwright's own texts gets out.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Download, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import BrowserMissing, RunStopped, SetupError
from assistant.messages import Text, default_language

OWN_CHOICE = "ASSISTANT_BROWSER"
Announce = Callable[[Text], None]
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
WINDOW = (1366, 900)

QUIET = (
    "--disable-quic",
    "--disable-sync",
    "--disable-translate",
    "--disable-domain-reliability",
    "--no-pings",
    # What a page could send with while the guard has no hand on it: workers shared between pages, deferred requests.
    "--disable-shared-workers",
    "--disable-blink-features=FetchLaterAPI",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # No bubble of the browser's own over the form, and nobody's data kept by it.
    "--disable-save-password-bubble",
    "--hide-crash-restore-bubble",
)


@dataclass(frozen=True)
class FoundBrowser:
    """A browser on this machine: what people call it, and the program to start."""

    name: str
    path: Path


def find_browser() -> FoundBrowser:
    """Edge, Chrome, the system's Chromium, Playwright's own, in this order; ASSISTANT_BROWSER=path comes before all.

    Raises BrowserMissing, saying what to do, when there is none.
    """
    chosen = os.environ.get(OWN_CHOICE, "").strip()
    if chosen:
        path = Path(chosen).expanduser()
        if path.is_file():
            return FoundBrowser("chosen", path)
        raise BrowserMissing(
            Text(
                f"环境变量 {OWN_CHOICE} 所指的浏览器不存在：请改为浏览器程序的完整路径，或删除该变量。",
                f"The browser that {OWN_CHOICE} points to does not exist: set it to a browser's full path or unset it.",
            )
        )
    for name, path in _candidates():
        if path.is_file():
            return FoundBrowser(name, path)
    raise _what_to_do()


def install_browser(announce: Announce | None = None) -> FoundBrowser:
    """Installs a browser after saying which command is run. BrowserMissing when that does not help."""
    commands = _install_commands()
    (announce or _print)(
        Text(
            f"未找到浏览器，正在安装：{' && '.join(' '.join(command) for command in commands)}",
            f"No browser found; installing one: {' && '.join(' '.join(command) for command in commands)}",
        )
    )
    for command in commands:
        try:
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                timeout=1800,
            )
        except (OSError, subprocess.TimeoutExpired):
            raise _what_to_do() from None
        if done.returncode != 0:
            raise _what_to_do()
    return find_browser()


def find_or_install_browser(announce: Announce | None = None) -> FoundBrowser:
    """What `demo` and `fill` use: the browser that is here, else one that is installed now."""
    try:
        return find_browser()
    except BrowserMissing:
        if os.environ.get(OWN_CHOICE, "").strip():
            raise
        return install_browser(announce)


def has_display() -> bool:
    """Whether a window could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def open_browser(
    *,
    headless: bool | None = None,
    user_data: Path | None = None,
    downloads: Path | None = None,
    found: FoundBrowser | None = None,
    driver: Playwright | None = None,
    announce: Announce | None = None,
) -> Iterator[BrowserContext]:
    """Opens the browser and closes it at the end; its first page is `context.pages[0]`, still empty.

    `headless=None` shows a window where there is a display and says so where there is none. `user_data` is a folder of
    this tool (kept, so that a login can last); without it a temporary one is used and deleted. `downloads` is where
    the person's downloads go. `driver` is a Playwright that already runs. Raises SetupError when it does not start,
    RunStopped when it is closed or dies under the run.
    """
    say = announce or _print
    hidden = _decide_headless(headless, say)
    browser = found or find_browser()
    with _folder(user_data) as folder, _driver(driver) as playwright:
        _write_preferences(folder)
        context = _launch(playwright, browser, folder, hidden, say)
        if downloads is not None:
            _keep_downloads(context, downloads)
        try:
            yield context
        except PlaywrightError as error:
            if not _says_closed(error):
                raise
            raise RunStopped(
                Text(
                    "浏览器窗口已关闭，本次填写到此为止，未提交任何内容。请重新运行：已保存的内容不会重填。",
                    "The browser was closed, so the run ends here; nothing was submitted. Run it again: what was saved "
                    "is not filled twice.",
                )
            ) from None
        finally:
            with suppress(PlaywrightError):
                context.close()


def _launch(
    playwright: Playwright, browser: FoundBrowser, folder: Path, headless: bool, say: Announce
) -> BrowserContext:
    sandboxed = _sandbox_works()
    for sandbox in (True, False) if sandboxed else (False,):
        try:
            return playwright.chromium.launch_persistent_context(
                folder,
                executable_path=browser.path,
                headless=headless,
                chromium_sandbox=sandbox,
                service_workers="block",
                accept_downloads=True,
                locale="zh-CN",
                no_viewport=None if headless else True,
                viewport={"width": WINDOW[0], "height": WINDOW[1]} if headless else None,
                args=[*QUIET, f"--window-size={WINDOW[0]},{WINDOW[1]}"],
            )
        except PlaywrightError:
            # Only on Linux does the sandbox depend on the machine; elsewhere a second try would change nothing.
            if not sandbox or sys.platform != "linux":
                break
            say(
                Text(
                    "此系统不支持浏览器沙箱，改为不使用沙箱启动。",
                    "This system does not support the browser's sandbox; starting without it.",
                )
            )
    raise SetupError(
        Text(
            f"浏览器未能启动（{browser.path}）。请先关闭由本工具打开的其他窗口，再更新或重装该浏览器；"
            f"也可用环境变量 {OWN_CHOICE} 指定另一个浏览器。运行 assistant doctor 可查看详情。",
            f"The browser did not start ({browser.path}). Close other windows opened by this tool, then update or "
            f"reinstall that browser, or choose another with {OWN_CHOICE}. `assistant doctor` shows more.",
        )
    )


def _decide_headless(wanted: bool | None, say: Announce) -> bool:
    if wanted is True or has_display():
        return bool(wanted)
    if wanted is False:
        raise SetupError(
            Text(
                "没有可用的图形界面，无法显示浏览器窗口：请在桌面环境中运行，或加上 --headless。",
                "There is no display to show the browser on: run it in a desktop session, or add --headless.",
            )
        )
    say(
        Text(
            "没有可用的图形界面，浏览器在后台运行，看不到窗口。",
            "There is no display: the browser runs unseen in the background.",
        )
    )
    return True


@contextmanager
def _folder(user_data: Path | None) -> Iterator[Path]:
    if user_data is not None:
        user_data.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield user_data
        return
    # On Windows the browser may still hold a file for a moment; that must not end a good run.
    with TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _driver(running: Playwright | None) -> Iterator[Playwright]:
    if running is not None:
        yield running
        return
    with sync_playwright() as started:
        yield started


def _write_preferences(folder: Path) -> None:
    """No offers to save passwords, fill in addresses or translate: they cover the form, and keep people's data."""
    file = folder / "Default" / "Preferences"
    wanted: dict[str, object] = {
        "credentials_enable_service": False,
        "profile": {"password_manager_enabled": False},
        "autofill": {"enabled": False, "profile_enabled": False, "credit_card_enabled": False},
        "translate": {"enabled": False},
        # Pages loaded ahead of a click are fetched by the browser itself, where the guard can't pause them.
        "net": {"network_prediction_options": 2},
    }
    present: dict[str, object] = {}
    with suppress(OSError, ValueError):
        present = json.loads(file.read_text(encoding="utf-8"))
    for key, value in wanted.items():
        before = present.get(key)
        present[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(present), encoding="utf-8")


def _keep_downloads(context: BrowserContext, folder: Path) -> None:
    """Playwright deletes downloads with the browser; the person's must stay."""

    def save(download: Download) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(PlaywrightError, OSError):
            download.save_as(_free_name(folder, download.suggested_filename))

    context.on("page", lambda page: page.on("download", save))
    for page in context.pages:
        page.on("download", save)


def _free_name(folder: Path, name: str) -> Path:
    path = folder / Path(name).name
    number = 1
    while path.exists():
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return path


def _says_closed(error: PlaywrightError) -> bool:
    return any(sign in str(error) for sign in ("has been closed", "crashed", "Connection closed", "Target closed"))


def _sandbox_works() -> bool:
    if sys.platform != "linux":
        return True
    if os.geteuid() == 0:
        return False
    unshare = shutil.which("unshare")
    return (
        unshare is None or subprocess.run([unshare, "--user", "true"], check=False, capture_output=True).returncode == 0
    )


def _candidates() -> Iterator[tuple[str, Path]]:
    """Where browsers are put, by operating system, in the order of preference."""
    if sys.platform == "win32":
        folders = [
            Path(value)
            for key in ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData")
            if (value := os.environ.get(key))
        ]
        for name, inside in (
            ("Edge", Path("Microsoft/Edge/Application/msedge.exe")),
            ("Chrome", Path("Google/Chrome/Application/chrome.exe")),
            ("Chromium", Path("Chromium/Application/chrome.exe")),
        ):
            yield from ((name, folder / inside) for folder in folders)
    elif sys.platform == "darwin":
        for name in ("Microsoft Edge", "Google Chrome", "Chromium"):
            for folder in (Path("/Applications"), Path.home() / "Applications"):
                yield name, folder / f"{name}.app" / "Contents" / "MacOS" / name
    else:
        for name, program in (
            ("Edge", "microsoft-edge-stable"),
            ("Edge", "microsoft-edge"),
            ("Chrome", "google-chrome-stable"),
            ("Chrome", "google-chrome"),
            ("Chromium", "chromium"),
            ("Chromium", "chromium-browser"),
        ):
            if found := shutil.which(program):
                yield name, Path(found)
        yield "Edge", Path("/opt/microsoft/msedge/msedge")
        yield "Chrome", Path("/opt/google/chrome/chrome")
        yield "Chromium", Path("/usr/bin/chromium")
    yield from (("Chromium", path) for path in _playwrights_own())


def _playwrights_own() -> list[Path]:
    """Playwright's downloads, the newest first."""
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        root = Path(chosen)
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ms-playwright"
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches" / "ms-playwright"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ms-playwright"
    programs = ("chrome-linux*/chrome", "chrome-win*/chrome.exe", "chrome-mac*/*.app/Contents/MacOS/*")
    found = [path for program in programs for path in root.glob(f"chromium-*/{program}")]
    return sorted(found, key=lambda path: _revision(path.relative_to(root).parts[0]), reverse=True)


def _revision(folder: str) -> int:
    digits = folder.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0


def _install_commands() -> list[list[str]]:
    apt = shutil.which("apt-get")
    if sys.platform == "linux" and apt and os.geteuid() == 0 and not _is_ubuntu():
        wait = ["-o", "DPkg::Lock::Timeout=300"]
        return [[apt, "update"], [apt, *wait, "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]]
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _is_ubuntu() -> bool:
    """Ubuntu's chromium package is only a doorway to snap, which containers and servers often lack."""
    with suppress(OSError):
        return "ID=ubuntu" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return False


def _what_to_do() -> BrowserMissing:
    return BrowserMissing(
        Text(
            "未找到浏览器，也未能自动安装。请安装 Microsoft Edge 或 Google Chrome 后重试"
            f"（Debian：apt-get install chromium fonts-noto-cjk）；已安装在别处的，请把 {OWN_CHOICE} 设为浏览器程序的完整路径。",
            "No browser was found and none could be installed. Install Microsoft Edge or Google Chrome and try again "
            f"(Debian: apt-get install chromium fonts-noto-cjk), or set {OWN_CHOICE} to a browser's full path.",
        )
    )


def _print(text: Text) -> None:
    print(text.say(default_language()), file=sys.stderr, flush=True)
