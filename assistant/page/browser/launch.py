"""The browser the person sees: found or installed, opened with a folder of its own, and closed without a trace.

Never the person's daily browser profile, never an open debugging port. What goes wrong here is a `SetupError` in plain
words; nothing of Playwright's own texts gets out.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Download, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import InputError, KeyringUnusable, RunStopped, SetupError
from assistant.messages import Text
from assistant.page.browser.discovery import (
    OWN_CHOICE,
    Announce,
    FoundBrowser,
    announce_in_words,
    find_browser,
    find_or_install_browser,
    install_browser,
)
from assistant.page.browser.watchdog import CLOSE, watchdog_of, watched
from assistant.store.base import ApplicantAt, add
from assistant.store.files import write_private
from assistant.store.scratch import passing_folder

__all__ = ["FoundBrowser", "find_browser", "find_or_install_browser", "has_display", "install_browser", "open_browser"]

WINDOW = (1366, 900)
# What a run needs at most for its own folder: a fresh profile, the portal's scripts, one applicant's papers.
ROOM = 256 * 1024 * 1024
# Where the browser keeps what its pages showed: open tabs with what was typed in them, and copies of answers.
PAGE_TRACES = ("Sessions", "Session Storage", "Cache", "Code Cache", "blob_storage", "Service Worker")

# Pop-up pages of the address bar, and a renderer kept ready for the next site: each as large as a page, and none is needed.
_KEPT_READY = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
# What Playwright turns off itself: of several lists a browser takes the last one, so it is said again (a test compares).
_OFF_BY_PLAYWRIGHT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *(
        "HttpsFirstBalancedModeAutoEnable",
        "LensOverlay",
        "MediaRouter",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
    ),
    *(
        "AvoidCorsURLLoaderRestartOnRedirect",
        "TcpPortRandomizationWin",
        "OptimizationHints",
        "NetworkTimeServiceQuerying",
    ),
    *("AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn", "msEdgeUpdateLaunchServicesPreferredVersion"),
)
LEAN = f"--disable-features={','.join((*_OFF_BY_PLAYWRIGHT, *_KEPT_READY))}"
QUIET = (
    LEAN,
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
    downloads: ApplicantAt | None = None,
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
    say = announce or announce_in_words
    hidden = _decide_headless(headless, say)
    browser = found or find_browser()
    with _passing_folder() as passing, _folder(user_data, passing) as folder, _driver(driver) as playwright:
        _write_preferences(folder)
        context = _launch(playwright, browser, folder, passing, hidden, say)
        if downloads is not None:
            _keep_downloads(context, downloads, say)
        try:
            with watched(context, folder):
                try:
                    yield context
                finally:
                    with suppress(PlaywrightError), watchdog_of(context).within(CLOSE):
                        context.close()
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


def _launch(
    playwright: Playwright, browser: FoundBrowser, folder: Path, passing: Path, headless: bool, say: Announce
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
                downloads_path=passing / "downloads",
                locale="zh-CN",
                no_viewport=None if headless else True,
                viewport={"width": WINDOW[0], "height": WINDOW[1]} if headless else None,
                # The display of now, also where the driver was started before there was one.
                env={**os.environ},
                args=[*QUIET, f"--disk-cache-dir={passing / 'cache'}", f"--window-size={WINDOW[0]},{WINDOW[1]}"],
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
def _passing_folder() -> Iterator[Path]:
    """Where a run's cache and downloads are, and its whole profile where none is kept: gone with the run."""
    try:
        folder = passing_folder("browser", room=ROOM)
    except OSError:
        raise SetupError(
            Text(
                "无法在系统临时目录中建立文件夹：请检查磁盘空间和权限。运行 assistant doctor 可查看详情。",
                "No folder can be made in the system's temporary folder: check the disk's space and permissions. "
                "`assistant doctor` shows more.",
            )
        ) from None
    try:
        yield folder
    finally:
        # On Windows the browser may still hold a file for a moment; that must not end a good run.
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _folder(user_data: Path | None, passing: Path) -> Iterator[Path]:
    """The browser's profile. In one that is kept stay cookies and settings, not what the pages showed."""
    if user_data is None:
        yield passing / "profile"
        return
    user_data.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_pages(user_data)
    try:
        yield user_data
    finally:
        _forget_pages(user_data)


def _forget_pages(user_data: Path) -> None:
    for name in PAGE_TRACES:
        shutil.rmtree(user_data / "Default" / name, ignore_errors=True)


@contextmanager
def _driver(running: Playwright | None) -> Iterator[Playwright]:
    if running is not None:
        yield running
        return
    # What asyncio has to say of a browser that is gone quotes Playwright, and Playwright may quote a person's values.
    logging.getLogger("asyncio").disabled = True
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
    write_private(file, json.dumps(present).encode("utf-8"))


def _keep_downloads(context: BrowserContext, at: ApplicantAt, say: Announce) -> None:
    """Playwright deletes downloads with the browser; the person's must stay, and stay sealed where the folder is: never
    plain beside it, also where it was sealed meanwhile, or does not open any more."""

    def save(download: Download) -> None:
        with suppress(PlaywrightError, OSError):
            _keep(at, download, say)

    context.on("page", lambda page: page.on("download", save))
    for page in context.pages:
        page.on("download", save)


def _keep(at: ApplicantAt, download: Download, say: Announce) -> None:
    try:
        with at.open() as applicant:
            add(applicant, Path(download.suggested_filename).name, download.path().read_bytes())
    except (InputError, KeyringUnusable) as error:
        say(
            Text(
                f"下载的文件未能放入申请人文件夹，没有保留；请处理后重新下载。{error.what.zh}",
                f"The download could not be put into the applicant's folder and is not kept: mend it and download again. "
                f"{error.what.en}",
            )
        )


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
