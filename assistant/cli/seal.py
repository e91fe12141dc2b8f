"""`assistant seal`: an applicant's folder becomes one encrypted file; the key is in the system's keyring."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile
from assistant.errors import InputError
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
    from assistant.jobs.sealing import SealJob, seal

    done = seal(SealJob(args.folder))
    args.console.line(
        Text(f"已封存 {done.count} 个文件：{done.file}", f"{done.count} files sealed: {done.file}"), style="good"
    )
    if done.new_key:
        args.console.line(
            Text(
                "请现在导出恢复密钥并离线保管：assistant seal --export-key 文件。密码库一旦丢失，没有它就无法打开。",
                "Export the recovery key now and keep it elsewhere: assistant seal --export-key FILE. If the keyring is "
                "lost, nothing else opens the folder.",
            ),
            style="warning",
        )


def _export(args: Namespace) -> None:
    from assistant.jobs.outputs import Results
    from assistant.jobs.sealing import recovery_text

    results = Results(args.console)
    results.file(args.export_key, recovery_text(args.export_key))
    results.settle()
    args.console.line(
        Text(
            "恢复密钥已写入。请移到 U 盘或打印后锁好，并从本机删除。",
            "The recovery key is written. Move it to a stick or print it, lock it away, and delete it here.",
        ),
        style="warning",
    )


def _import(args: Namespace) -> None:
    from assistant.jobs.sealing import take_key

    take_key(args.import_key)
    args.console.line(Text("密钥已放回密码库。", "The key is back in the keyring."), style="good")
