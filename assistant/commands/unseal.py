"""`assistant unseal`: the files of a sealed folder come back, with the keyring's key or the recovery key."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="申请人文件夹 / applicant's folder")
    parser.add_argument(
        "--key", metavar="F", type=Path, help="用恢复密钥文件打开 / open it with the recovery key's file"
    )


def run(args: Namespace) -> int:
    """Exit 0 when every file is back. Raises SealError, KeyringUnusable, InputError; then the sealed file stays."""
    from assistant import sealing
    from assistant.commands.seal import key_in, unwritable

    key = key_in(args.key) if args.key else sealing.kept_key()
    try:
        count = sealing.unseal(args.folder, key)
    except OSError:
        raise unwritable(args.folder) from None
    args.console.line(
        Text(f"已还原 {count} 个文件，封存文件已移除。", f"{count} files are back; the sealed file is removed."),
        style="good",
    )
    return 0
