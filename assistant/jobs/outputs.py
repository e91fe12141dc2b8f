"""What a job leaves behind where the person asked for it: results, and after filling the report and the proof sheet too.

Promises: a place that can't be written is refused before the work; a result that can't be written after it is said, costs
no other and leaves an older file as it was; what holds values is written only on request; a report with values is
encrypted before it touches the disk, and refused before any browser opens when there is no key; every file is its
owner's alone.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError, ResultNotWritten
from assistant.messages import Text
from assistant.review.console import Console, silence_stdout
from assistant.store.files import try_writing, write_private

if TYPE_CHECKING:
    from assistant.portal.loading import Portal
    from assistant.review.proof_sheet import ProofLanguage
    from assistant.run.fill.read_back import ReadBack
    from assistant.run.plan import Plan
    from assistant.run.report import Report

RESULT, REPORT, PROOF = "fill.json", "report.html", "proof-sheet.html"
"""What a run that the desk started leaves behind, by name. Here and not with the run: the desk never loads the browser's driver."""


def ask_writable(*targets: Path | str | None) -> None:
    """Raises ResultNotWritten for a place that can't be written: minutes of work must not end without a result."""
    for target in targets:
        try:
            if target == "-" and sys.stdout is None:
                raise OSError
            if target and target != "-":
                try_writing(Path(target))
        except (OSError, ValueError):
            raise ResultNotWritten(
                Text(
                    "无法写入这里（位置、权限或磁盘空间）：请换一个文件名或文件夹。",
                    "This can't be written (place, permissions or disk space): choose another file name or folder.",
                ),
                where=str(target),
            ) from None


def write_json(target: str, document: Mapping[str, object]) -> None:
    """Writes a result as JSON to a file (readable by its owner only), or to standard output for `-`."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if target == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_private(Path(target), text.encode("utf-8"))


class Results:
    """The results of one job, each written by itself. One that can't be written is said at once; `settle` ends the job."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._missing: list[str] = []

    @property
    def complete(self) -> bool:
        return not self._missing

    def json(self, target: str | None, document: Mapping[str, object]) -> None:
        """Where one was asked for."""
        if target and not self._written(target, lambda: write_json(target, document)) and target == "-":
            silence_stdout()

    def file(self, target: Path | None, content: str | bytes) -> bool:
        """Whether one was asked for and written."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        return target is not None and self._written(str(target), lambda: write_private(target, data))

    def settle(self) -> None:
        """Raises ResultNotWritten when any result is missing."""
        if self._missing:
            listed = self._missing
            raise ResultNotWritten(
                Text(f"没有写成：{'、'.join(listed)}", f"Not every result was written; missing: {', '.join(listed)}")
            )

    def _written(self, name: str, write: Callable[[], object]) -> bool:
        try:
            write()
        except (OSError, ValueError):
            self._missing.append(name)
            self._console.problem(
                ResultNotWritten(
                    Text(
                        "结果写不进这里（磁盘空间、权限，或管道已关闭）；原有的文件没有改动。请换一个位置再运行。",
                        "The result can't be written here (disk space, permissions or a closed pipe); an older file is as it "
                        "was. Name another place and run this again.",
                    ),
                    where=name,
                )
            )
            return False
        return True


@dataclass(frozen=True)
class Outputs:
    """The files that a job of filling is asked for; `json` may be `-`, the standard output."""

    json: str = ""
    report: Path | None = None
    unmasked: bool = False
    proof_sheet: Path | None = None
    proof_language: "ProofLanguage" = "zh"


NO_OUTPUTS = Outputs()


class RunOutputs:
    """What one run was asked to leave behind; InputError before it starts when that can't be done."""

    def __init__(self, outputs: Outputs, plan: "Plan", portal: "Portal", console: Console) -> None:
        self._outputs, self._plan, self._portal, self._console = outputs, plan, portal, console
        self._held: dict[str, ReadBack] = {}
        self._results = Results(console)
        ask_writable(outputs.json, outputs.report, outputs.proof_sheet)
        self._key = self._key_for_values() if outputs.unmasked else None

    @property
    def wants_pictures(self) -> bool:
        return self._outputs.report is not None

    def read(self, section: "ReadBack") -> None:
        """Takes what a section held; a later look replaces an earlier one."""
        self._held[section.plan.section.key] = section

    def write(self, report: "Report") -> None:
        """Writes what was asked for, and says where it is, or that it could not be written."""
        self._results.json(self._outputs.json, report.as_json())
        if self._outputs.report:
            self._write_report(self._outputs.report, report)
        if self._outputs.proof_sheet:
            self._write_proof_sheet(self._outputs.proof_sheet, report)

    def settle(self) -> None:
        """Raises ResultNotWritten when anything that was asked for is missing."""
        self._results.settle()

    def _write_report(self, target: Path, report: "Report") -> None:
        from assistant.portal.model import pack_version
        from assistant.review.report_page import report_page

        pack, language = pack_version(self._portal), self._console.language
        if self._key is None:
            self._results.file(target, report_page(report, self._plan, language, pack=pack))
            return
        from assistant.store import sealing

        page = report_page(report, self._plan, language, pack=pack, held=list(self._held.values()))
        target = _sealed_name(target)
        if self._results.file(target, sealing.sealed_bytes(page.encode("utf-8"), self._key)):
            self._console.line(
                Text(
                    f"加密报告：{target}。打开：assistant unseal {target}",
                    f"Encrypted report: {target}. To open it: assistant unseal {target}",
                ),
                style="title",
            )

    def _write_proof_sheet(self, target: Path, report: "Report") -> None:
        from assistant.review.proof_sheet import proof_sheet

        held = [self._held[one.key] for one in report.sections if one.key in self._held]
        language, stopped = self._outputs.proof_language, report.stopped is not None
        if self._results.file(target, proof_sheet(held, self._plan, self._portal, language, stopped=stopped)):
            self._console.line(
                Text(
                    f"核对单：{target}。含个人信息，请打印后由申请人核对签字，再提交。",
                    f"Proof sheet: {target}. It holds personal data; have the applicant check and sign it before you "
                    "submit.",
                ),
                style="title",
            )

    def _key_for_values(self) -> str:
        if self._outputs.report is None:
            raise InputError(
                Text("--unmasked 要与 --report 一起使用。", "--unmasked needs --report."), where="--unmasked"
            )
        from assistant.store import credentials

        key = credentials.seal_key()
        if key is None:
            raise InputError(
                Text(
                    "含填写内容的报告只能加密保存，而密码库中没有封存密钥。请先封存一次申请人文件夹"
                    "（assistant seal 文件夹，会建立密钥），或放回恢复密钥（assistant seal --import-key 文件）；"
                    "或去掉 --unmasked，得到遮盖的报告。",
                    "A report with values is only kept encrypted, and the keyring holds no sealing key. Seal an applicant's "
                    "folder once (assistant seal FOLDER makes a key), or put yours back (assistant seal --import-key "
                    "FILE); or leave out --unmasked for a masked report.",
                ),
                where="--unmasked",
            )
        return key


def _sealed_name(report: Path) -> Path:
    return report if report.suffix == ".age" else report.with_name(f"{report.name}.age")
