"""`assistant seal`: an applicant's folder becomes one encrypted file; the key is in the system's keyring."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile
from assistant.errors import InputError, SealError
from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", help="申请人文件夹 / applicant's folder")
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--export-key",
        metavar="F",
        action=ResultFile,
        help="导出恢复密钥，离线保管 / write the recovery key, to be kept elsewhere",
    )
    key.add_argument(
        "--import-key", metavar="F", type=Path, help="把恢复密钥放回密码库 / put a recovery key back into the keyring"
    )


def run(args: Namespace) -> int:
    """Exit 0 when done. Raises SealError, KeyringUnusable, InputError; then no file was removed."""
    if not (args.folder or args.export_key or args.import_key):
        raise InputError(Text("请指明要封存的申请人文件夹。", "Say which applicant's folder to seal."), where="FOLDER")
    if args.import_key:
        _import(args)
    if args.folder:
        _seal(args)
    if args.export_key:
        _export(args)
    return 0


def _seal(args: Namespace) -> None:
    from assistant.store import credentials, sealing

    if not args.folder.is_dir():
        raise SealError(Text("没有这个文件夹。", "There is no such folder."), where=str(args.folder))
    # A folder that is sealed already has its key somewhere: a new one beside it would keep that one out of the keyring.
    first = credentials.seal_key() is None and not sealing.is_sealed(args.folder)
    key = _first_key() if first else sealing.kept_key()
    try:
        count = sealing.seal(args.folder, key)
    except OSError:
        raise unwritable(args.folder) from None
    args.console.line(
        Text(
            f"已封存 {count} 个文件：{args.folder / sealing.SEALED}",
            f"{count} files sealed: {args.folder / sealing.SEALED}",
        ),
        style="good",
    )
    if first:
        args.console.line(
            Text(
                "请现在导出恢复密钥并离线保管：assistant seal --export-key 文件。密码库一旦丢失，没有它就无法打开。",
                "Export the recovery key now and keep it elsewhere: assistant seal --export-key FILE. If the keyring is "
                "lost, nothing else opens the folder.",
            ),
            style="warning",
        )


def _first_key() -> str:
    """A new key, kept in the keyring: SealError when it does not keep it."""
    from assistant.store import credentials, sealing

    key = sealing.new_key()
    credentials.keep_seal_key(key)
    if credentials.seal_key() != key:
        raise SealError(Text("密码库没有保存密钥，未封存。", "The keyring did not keep the key: nothing was sealed."))
    return key


def _export(args: Namespace) -> None:
    from assistant.jobs.outputs import Results
    from assistant.store import sealing

    key = sealing.kept_key()
    if args.export_key.exists():
        raise InputError(
            Text("文件已存在，没有覆盖；请换一个文件名。", "That file exists and is not overwritten; choose another."),
            where=str(args.export_key),
        )
    head = "# assistant：封存文件夹的恢复密钥。能打开所有封存的文件夹，请离线保管。\n# Opens every sealed folder: keep it elsewhere.\n"
    results = Results(args.console)
    results.file(args.export_key, f"{head}{key}\n")
    results.settle()
    args.console.line(
        Text(
            "恢复密钥已写入。请移到 U 盘或打印后锁好，并从本机删除。",
            "The recovery key is written. Move it to a stick or print it, lock it away, and delete it here.",
        ),
        style="warning",
    )


def _import(args: Namespace) -> None:
    from assistant.store import credentials

    key, held = key_in(args.import_key), credentials.seal_key()
    if held not in (None, key):
        raise InputError(
            Text(
                "密码库中已有另一把密钥；覆盖会使用它封存的文件夹打不开。请先用 unseal --key 打开旧文件夹。",
                "The keyring holds another key, and what it sealed would be lost. Open the old folders with unseal --key.",
            ),
            where="--import-key",
        )
    credentials.keep_seal_key(key)
    args.console.line(Text("密钥已放回密码库。", "The key is back in the keyring."), style="good")


def key_in(path: Path) -> str:
    """The recovery key in a file; InputError when it can't be read or is none."""
    from assistant.store import sealing

    try:
        return sealing.checked_key(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InputError(
            Text("无法读取恢复密钥文件。", "The recovery key's file can't be read."), where=str(path)
        ) from None


def unwritable(folder: Path) -> SealError:
    """The disk or its permissions are in the way."""
    return SealError(
        Text(
            "无法写入文件夹（权限、空间或文件正被占用）。没有文件丢失，处理后再运行一次。",
            "The folder can't be written (permissions, room, or a file in use). Nothing is lost; mend it and run again.",
        ),
        where=str(folder),
    )
