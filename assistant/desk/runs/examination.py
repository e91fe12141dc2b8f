"""What works on this machine, asked by a process of its own, since one of its questions starts a browser."""

import json
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.messages import Language, Text
from assistant.store.locations import MODULE

SECONDS = 180.0
TO_MEND = 2000.0
MENDED = Text("装好了。", "It is installed.")
NOT_MENDED = Text(
    "没有装成（没有网络、没有权限，或下载被拦住）。请按下面表格里的处理办法，或请 IT 同事帮忙。",
    "It could not be installed (no network, no permission, or the download is blocked). Follow the remedy in the table, or ask "
    "your IT colleague.",
)


class Examination:
    """The last answers of `assistant doctor`; empty before the first press."""

    def __init__(self) -> None:
        self.checks: list[dict[str, Any]] = []
        self.mended: Text | None = None
        """What the last press on a mending button came to."""
        self._thread: threading.Thread | None = None

    @property
    def runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def begin(self, language: Language, folder: Path, mend: str = "") -> None:
        """With `mend` that is put right first, then everything is asked anew."""
        if not self.runs:
            self.mended = None
            self._thread = threading.Thread(target=self._go, args=(language, folder, mend), daemon=True)
            self._thread.start()

    def _go(self, language: Language, folder: Path, mend: str) -> None:
        if mend:
            self.mended = MENDED if self._mends(mend) else NOT_MENDED
        self._ask(language, folder)

    def _mends(self, key: str) -> bool:
        quiet = subprocess.DEVNULL
        command = [*MODULE, "assistant.jobs.doctor.mend", key]
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=TO_MEND, check=False)
            return done.returncode == 0
        return False

    def _ask(self, language: Language, folder: Path) -> None:
        command = [*MODULE, "assistant", "doctor", str(folder), "--json", "-", "--lang", language]
        with suppress(OSError, ValueError, KeyError, subprocess.SubprocessError):
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
            self.checks = list(json.loads(done.stdout)["checks"])
