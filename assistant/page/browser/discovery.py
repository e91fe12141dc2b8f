"""Which browser of this machine is used: the one that is here, else one that is installed now."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BrowserMissing
from assistant.messages import Text, default_language
from assistant.page.browser.policies import forbids_automation

Announce = Callable[[Text], None]
OWN_CHOICE = "ASSISTANT_BROWSER"
CHINESE_FONT = "fonts-noto-cjk"
DEBIAN_PACKAGES = ("chromium", CHINESE_FONT)


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
    here = [FoundBrowser(name, path) for name, path in _candidates() if path.is_file()]
    if not here:
        raise _what_to_do()
    # One that its administrator keeps from being driven is taken only where there is no other; the doctor explains it.
    return next((one for one in here if not forbids_automation(one.name)), here[0])


def install_browser(announce: Announce | None = None) -> FoundBrowser:
    """Installs a browser after saying which command is run. BrowserMissing when that does not help."""
    commands = _install_commands()
    (announce or announce_in_words)(
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


def apt_commands(*packages: str) -> list[list[str]]:
    """What installs these packages on Debian and its like, as root; nothing elsewhere."""
    apt = shutil.which("apt-get")
    if sys.platform != "linux" or not apt or os.geteuid() != 0:
        return []
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    return [[apt, "update"], [apt, *wait, "install", "-y", "--no-install-recommends", *packages]]


def _install_commands() -> list[list[str]]:
    with_apt = [] if _is_ubuntu() else apt_commands(*DEBIAN_PACKAGES)
    return with_apt or [[sys.executable, "-m", "playwright", "install", "chromium"]]


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


def announce_in_words(text: Text) -> None:
    """Where nobody passes a way to say things."""
    print(text.say(default_language()), file=sys.stderr, flush=True)
