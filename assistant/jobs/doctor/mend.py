"""What the doctor can mend by itself, each in a process of its own: the browser, Chinese type, the reader of scans.

    python -m assistant.jobs.doctor.mend KEY        exit code 0 where it is there now

Promises: nothing is installed without the person's press or word; what is installed is what the remedy names, and no more.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec

from assistant.errors import AssistantError
from assistant.jobs.doctor.libraries import SCAN_READER, has_module
from assistant.messages import Text
from assistant.page.browser.discovery import CHINESE_FONT, apt_commands

SECONDS = 1800


def _browser() -> bool:
    from assistant.page.browser.launch import find_browser, install_browser

    with suppress(AssistantError):
        find_browser()
        return True
    with suppress(AssistantError):
        install_browser(lambda _what: None)
        return True
    return False


def _font() -> bool:
    return all(map(_succeeds, apt_commands(CHINESE_FONT))) if apt_commands(CHINESE_FONT) else False


def _scan_reader() -> bool:
    """Into the Python that runs this, by the installer that is there."""
    installer = (
        ["-m", "pip", "install"] if find_spec("pip") else ["-m", "uv", "pip", "install", "--python", sys.executable]
    )
    return _succeeds([sys.executable, *installer, "assistant[ocr]"]) and has_module(SCAN_READER)


def _succeeds(command: Sequence[str]) -> bool:
    with suppress(OSError, subprocess.SubprocessError):
        quiet = subprocess.DEVNULL
        done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=SECONDS, check=False)
        return done.returncode == 0
    return False


MENDS: Mapping[str, tuple[Text, Callable[[], bool]]] = {
    "browser": (Text("安装浏览器", "Install a browser"), _browser),
    "font": (Text("安装中文字体", "Install a Chinese font"), _font),
    "ocr": (Text("安装扫描件文字识别", "Install the reader of scans"), _scan_reader),
}


def can_mend(key: str) -> bool:
    """Whether a press could help on this machine: fonts are installed by the system's owner alone."""
    return key in MENDS and (key != "font" or bool(apt_commands(CHINESE_FONT)))


def main(arguments: Sequence[str]) -> int:
    key = arguments[0] if arguments else ""
    return 0 if key in MENDS and MENDS[key][1]() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
