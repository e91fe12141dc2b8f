"""What works on this machine, asked by a process of its own, since one of its questions starts a browser."""

import json
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.messages import Language
from assistant.store.locations import MODULE

SECONDS = 180.0


class Examination:
    """The last answers of `assistant doctor`; empty before the first press."""

    def __init__(self) -> None:
        self.checks: list[dict[str, Any]] = []
        self._thread: threading.Thread | None = None

    @property
    def runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def begin(self, language: Language, folder: Path) -> None:
        if not self.runs:
            self._thread = threading.Thread(target=self._ask, args=(language, folder), daemon=True)
            self._thread.start()

    def _ask(self, language: Language, folder: Path) -> None:
        command = [*MODULE, "assistant", "doctor", str(folder), "--json", "-", "--lang", language]
        with suppress(OSError, ValueError, KeyError, subprocess.SubprocessError):
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
            self.checks = list(json.loads(done.stdout)["checks"])
