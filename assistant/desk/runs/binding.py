"""All papers of one case being bound in one PDF, beside the pages: how far it is, and the file until the person has it.

Promises: the file lies in a private folder that goes with the desk, or with the next one; nothing of the applicant's is written.
"""

import shutil
import threading
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import AssistantError
from assistant.intake.prepare.bundle import Bundle
from assistant.jobs.prepare import PrepareJob, preparing
from assistant.messages import Text
from assistant.store.base import ApplicantIn
from assistant.store.scratch import passing_folder

NOTHING = Text("准备中", "getting ready")


@dataclass
class Binding:
    """`bundle` is what was bound, once it is; `fault` says why nothing could be."""

    applicant: ApplicantIn
    on: date
    bundle: Bundle | None = None
    fault: Text | None = None
    doing: tuple[Text, int, int] = (NOTHING, 0, 0)

    def __post_init__(self) -> None:
        self.home = passing_folder("desk")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def runs(self) -> bool:
        return self._thread.is_alive()

    @property
    def file(self) -> Path:
        return self.home / "papers.pdf"

    def begin(self) -> None:
        self._thread.start()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(60)
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self) -> None:
        try:
            with preparing(PrepareJob(self.applicant, self.on, bundle=True), self._progress) as prepared:
                assert prepared.bundle is not None
                shutil.copyfile(prepared.bundle.local, self.file)
                self.bundle = prepared.bundle
        except CancelledError:
            pass
        except AssistantError as error:
            self.fault = error.what
        except Exception as error:  # its own words could quote a file
            kind = type(error).__name__
            self.fault = Text(
                f"装订时出错（{kind}）；没有改动任何资料，请再按一次。",
                f"Binding failed ({kind}); nothing was changed: press once more.",
            )

    def _progress(self, what: Text, done: int, total: int) -> None:
        if self._over.is_set():
            raise CancelledError
        self.doing = what, done, total
