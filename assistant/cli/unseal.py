"""`assistant unseal`: the files of a sealed folder, or one sealed report, come back, with the keyring's key or the
recovery key."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.errors import InputError
from assistant.messages import Text
from assistant.store.files import write_private

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        help="申请人文件夹，或加密报告 F.html.age / applicant's folder, or an encrypted report F.html.age",
    )
    parser.add_argument(
        "--key", metavar="F", type=Path, help="用恢复密钥文件打开 / open it with the recovery key's file"
    )


def run(args: Namespace) -> int:
    """Exit 0 when every file is back. Raises SealError, KeyringUnusable, InputError; then the sealed file stays."""
    from assistant.cli.seal import key_in, unwritable
    from assistant.store import sealing

    key = key_in(args.key) if args.key else sealing.kept_key()
    if args.folder.is_file():
        return _open_file(args, key)
    try:
        count = sealing.unseal(args.folder, key)
    except OSError:
        raise unwritable(args.folder) from None
    args.console.line(
        Text(f"已还原 {count} 个文件，封存文件已移除。", f"{count} files are back; the sealed file is removed."),
        style="good",
    )
    return 0


def _open_file(args: Namespace, key: str) -> int:
    """One sealed file, put back beside itself under its own name; the sealed one stays."""
    from assistant.cli.seal import unwritable
    from assistant.store import sealing

    sealed: Path = args.folder
    # The journal notes applicants' folders only.
    args.folder = None
    target = sealed.with_suffix("")
    if sealed.suffix != ".age" or sealed.name == sealing.SEALED:
        raise InputError(
            Text(
                "请给出申请人文件夹，或以 .age 结尾的加密报告。",
                "Give an applicant's folder, or an encrypted report whose name ends with .age.",
            ),
            where=str(sealed),
        )
    if target.exists():
        raise InputError(
            Text("文件已存在，没有覆盖；请先移走。", "That file exists and is not overwritten; move it away first."),
            where=str(target),
        )
    try:
        write_private(target, sealing.opened_bytes(sealed.read_bytes(), key, sealed))
    except OSError:
        raise unwritable(sealed.parent) from None
    args.console.line(
        Text(
            f"已解密：{target}。其中有个人信息，仅您本人可读，看完请删除。",
            f"Decrypted: {target}. It holds personal data, readable by you alone; delete it when you are done.",
        ),
        style="good",
    )
    return 0
