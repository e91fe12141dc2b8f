"""What `fill` and `demo` leave behind where the person asked for it: report, encrypted report, proof sheet.

Promises: what holds values is written only on request; a report with values is encrypted before it touches the disk, and
refused before any browser opens when there is no key; a proof sheet is its owner's alone.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.portal.loading import Portal
    from assistant.run.fill.read_back import ReadBack
    from assistant.run.plan import Plan
    from assistant.run.report import Report


def add_evidence(parser: ArgumentParser) -> None:
    """`--report`, `--unmasked`, `--proof-sheet` and `--proof-lang`."""
    parser.add_argument(
        "--report", metavar="F.html", type=Path, help="另存 HTML 报告（值已遮盖）/ also write an HTML report, masked"
    )
    parser.add_argument(
        "--unmasked",
        action="store_true",
        help="报告含填写内容，加密存为 F.html.age / the report with its values, encrypted as F.html.age",
    )
    parser.add_argument(
        "--proof-sheet",
        metavar="F.html",
        type=Path,
        help="另存申请人核对单（含填写内容）供打印签字 / a sheet of what was read back, to be checked and signed",
    )
    parser.add_argument(
        "--proof-lang",
        choices=("zh", "en", "ja", "ko"),
        default="zh",
        help="核对单的语言 / the proof sheet's language",
    )


class Evidence:
    """What one run was asked to leave behind; InputError before it starts when that can't be done."""

    def __init__(self, args: Namespace, plan: "Plan", portal: "Portal") -> None:
        self._args, self._plan, self._portal = args, plan, portal
        self._held: dict[str, ReadBack] = {}
        for target in filter(None, (args.report, args.proof_sheet)):
            _check_writable(target)
        self._key = self._key_for_values() if args.unmasked else None

    @property
    def wants_pictures(self) -> bool:
        return self._args.report is not None

    def read(self, section: "ReadBack") -> None:
        """Takes what a section held; a later look replaces an earlier one."""
        self._held[section.plan.section.key] = section

    def write(self, report: "Report") -> None:
        """Writes what was asked for, and says where it is."""
        args = self._args
        if args.report:
            self._write_report(report)
        if args.proof_sheet:
            from assistant.review.console import write_private
            from assistant.review.proof_sheet import proof_sheet

            held = [self._held[one.key] for one in report.sections if one.key in self._held]
            sheet = proof_sheet(held, self._plan, self._portal, args.proof_lang, stopped=report.stopped is not None)
            write_private(args.proof_sheet, sheet)
            args.console.line(
                Text(
                    f"核对单：{args.proof_sheet}。含个人信息，请打印后由申请人核对签字，再提交。",
                    f"Proof sheet: {args.proof_sheet}. It holds personal data; have the applicant check and sign it "
                    "before you submit.",
                ),
                style="title",
            )

    def _write_report(self, report: "Report") -> None:
        from assistant.portal.model import pack_version
        from assistant.review.console import write_private
        from assistant.review.report_page import report_page

        args, pack = self._args, pack_version(self._portal)
        if self._key is None:
            write_private(args.report, report_page(report, self._plan, args.lang, pack=pack))
            return
        from assistant.store import sealing

        page = report_page(report, self._plan, args.lang, pack=pack, held=list(self._held.values()))
        target = _sealed_name(args.report)
        target.parent.mkdir(parents=True, exist_ok=True)
        sealing.write_private_bytes(target, sealing.sealed_bytes(page.encode("utf-8"), self._key))
        args.console.line(
            Text(
                f"加密报告：{target}。打开：assistant unseal {target}",
                f"Encrypted report: {target}. To open it: assistant unseal {target}",
            ),
            style="title",
        )

    def _key_for_values(self) -> str:
        if self._args.report is None:
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
