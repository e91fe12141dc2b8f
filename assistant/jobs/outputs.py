"""What `fill` and `demo` leave behind where the person asked for it: result, report, encrypted report, proof sheet.

Promises: what holds values is written only on request; a report with values is encrypted before it touches the disk, and
refused before any browser opens when there is no key; a proof sheet is its owner's alone.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.messages import Text
from assistant.review.console import Console, write_json
from assistant.store.files import write_private

if TYPE_CHECKING:
    from assistant.portal.loading import Portal
    from assistant.review.proof_sheet import ProofLanguage
    from assistant.run.fill.read_back import ReadBack
    from assistant.run.plan import Plan
    from assistant.run.report import Report


@dataclass(frozen=True)
class Outputs:
    """The files that a job of filling is asked for; `json` may be `-`, the standard output."""

    json: str = ""
    report: Path | None = None
    unmasked: bool = False
    proof_sheet: Path | None = None
    proof_language: "ProofLanguage" = "zh"


NO_OUTPUTS = Outputs()


class Evidence:
    """What one run was asked to leave behind; InputError before it starts when that can't be done."""

    def __init__(self, outputs: Outputs, plan: "Plan", portal: "Portal", console: Console) -> None:
        self._outputs, self._plan, self._portal, self._console = outputs, plan, portal, console
        self._held: dict[str, ReadBack] = {}
        for target in filter(None, (outputs.report, outputs.proof_sheet)):
            _check_writable(target)
        self._key = self._key_for_values() if outputs.unmasked else None

    @property
    def wants_pictures(self) -> bool:
        return self._outputs.report is not None

    def read(self, section: "ReadBack") -> None:
        """Takes what a section held; a later look replaces an earlier one."""
        self._held[section.plan.section.key] = section

    def write(self, report: "Report") -> None:
        """Writes what was asked for, and says where it is."""
        if self._outputs.json:
            write_json(self._outputs.json, report.as_json())
        if self._outputs.report:
            self._write_report(self._outputs.report, report)
        if self._outputs.proof_sheet:
            self._write_proof_sheet(self._outputs.proof_sheet, report)

    def _write_report(self, target: Path, report: "Report") -> None:
        from assistant.portal.model import pack_version
        from assistant.review.report_page import report_page

        pack, language = pack_version(self._portal), self._console.language
        if self._key is None:
            write_private(target, report_page(report, self._plan, language, pack=pack))
            return
        from assistant.store import sealing

        page = report_page(report, self._plan, language, pack=pack, held=list(self._held.values()))
        target = _sealed_name(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_private(target, sealing.sealed_bytes(page.encode("utf-8"), self._key))
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
        write_private(target, proof_sheet(held, self._plan, self._portal, language, stopped=stopped))
        self._console.line(
            Text(
                f"核对单：{target}。含个人信息，请打印后由申请人核对签字，再提交。",
                f"Proof sheet: {target}. It holds personal data; have the applicant check and sign it before you submit.",
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


def _check_writable(target: Path) -> None:
    """A run of minutes must not end with a file that can't be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir() or not os.access(target.parent, os.W_OK):
            raise OSError
    except OSError:
        raise InputError(
            Text(
                "无法写入这里：请换一个文件名或文件夹。", "This can't be written: choose another file name or folder."
            ),
            where=str(target),
        ) from None


def _sealed_name(report: Path) -> Path:
    return report if report.suffix == ".age" else report.with_name(f"{report.name}.age")
