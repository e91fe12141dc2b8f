"""`assistant unseal`: the files of a sealed folder, or one sealed report, come back, with the keyring's key or the
recovery key."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.messages import Text

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
    from assistant.jobs.sealing import UnsealJob, unseal

    job = UnsealJob(args.folder, args.key)
    if args.folder.is_file():
        # The journal notes applicants' folders only.
        args.folder = None
    done = unseal(job)
    if done.file is None:
        said = Text(
            f"已还原 {done.count} 个文件，封存文件已移除。", f"{done.count} files are back; the sealed file is removed."
        )
    else:
        said = Text(
            f"已解密：{done.file}。其中有个人信息，仅您本人可读，看完请删除。",
            f"Decrypted: {done.file}. It holds personal data, readable by you alone; delete it when you are done.",
        )
    args.console.line(said, style="good")
    return 0
