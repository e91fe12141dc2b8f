"""The jobs of sealing an applicant's folder and of opening what was sealed, with the key in the keyring or its recovery file.

Promises: no file is removed before its sealed form was read back; a key is never put in the place of another one; a file that
is there is never overwritten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, SealError
from assistant.messages import Text
from assistant.store import credentials, sealing
from assistant.store.files import write_private
from assistant.store.format import refuse_newer


@dataclass(frozen=True)
class SealJob:
    """One applicant's folder, to be sealed."""

    folder: Path


@dataclass(frozen=True)
class UnsealJob:
    """A sealed folder, or a sealed report (`F.html.age`), to be opened; `recovery` is a file with the key of that time."""

    place: Path
    recovery: Path | None = None


@dataclass(frozen=True)
class SealedFiles:
    """How many files are sealed now and in which file; `new_key` where the key was made for it: it must be kept elsewhere too."""

    count: int
    file: Path
    new_key: bool


@dataclass(frozen=True)
class Unsealed:
    """How many files are back, or the one file that was opened beside its sealed form."""

    count: int = 0
    file: Path | None = None


def seal(job: SealJob) -> SealedFiles:
    """Raises SealError, KeyringUnusable, InUse, InputError for a newer program's folder; then no file was removed."""
    if not job.folder.is_dir():
        raise SealError(Text("没有这个文件夹。", "There is no such folder."), where=str(job.folder))
    refuse_newer(job.folder.resolve().parent)
    # A folder that is sealed already has its key somewhere: a new one beside it would keep that one out of the keyring.
    first = credentials.seal_key() is None and not sealing.is_sealed(job.folder)
    key = sealing.kept_or_new_key()[0] if first else sealing.kept_key()
    with _writing_to(job.folder):
        return SealedFiles(sealing.seal(job.folder, key), job.folder / sealing.SEALED, first)


def unseal(job: UnsealJob) -> Unsealed:
    """Raises SealError, KeyringUnusable, InputError; then the sealed file stays."""
    key = key_in(job.recovery) if job.recovery else sealing.kept_key()
    if job.place.is_file():
        return Unsealed(file=_opened(job.place, key))
    with _writing_to(job.place):
        return Unsealed(sealing.unseal(job.place, key))


def _opened(sealed: Path, key: str) -> Path:
    """One sealed file, put back beside itself under its own name; the sealed one stays."""
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
    with _writing_to(sealed.parent):
        return write_private(target, sealing.opened_bytes(sealed.read_bytes(), key, sealed))


# ---- the key -------------------------------------------------------------------------------------------------------


def recovery_text(target: Path) -> str:
    """What is to be written to a recovery file; InputError where there is such a file."""
    key = sealing.kept_key()
    if target.exists():
        raise InputError(
            Text("文件已存在，没有覆盖；请换一个文件名。", "That file exists and is not overwritten; choose another."),
            where=str(target),
        )
    head = "# assistant：封存文件夹的恢复密钥。能打开所有封存的文件夹，请离线保管。\n# Opens every sealed folder: keep it elsewhere.\n"
    return f"{head}{key}\n"


def take_key(recovery: Path) -> None:
    """Puts a recovery key into the keyring; InputError where another one is there."""
    key, held = key_in(recovery), credentials.seal_key()
    if held not in (None, key):
        raise InputError(
            Text(
                "密码库中已有另一把密钥；覆盖会使用它封存的文件夹打不开。请先用 unseal --key 打开旧文件夹。",
                "The keyring holds another key, and what it sealed would be lost. Open the old folders with unseal --key.",
            ),
            where="--import-key",
        )
    credentials.keep_seal_key(key)


def key_in(path: Path) -> str:
    """The recovery key in a file; InputError when it can't be read or is none."""
    try:
        return sealing.checked_key(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InputError(
            Text("无法读取恢复密钥文件。", "The recovery key's file can't be read."), where=str(path)
        ) from None


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """The disk or its permissions may be in the way."""
    try:
        yield
    except OSError:
        raise SealError(
            Text(
                "无法写入文件夹（权限、空间或文件正被占用）。没有文件丢失，处理后再运行一次。",
                "The folder can't be written (permissions, room, or a file in use). Nothing is lost; mend it and run again.",
            ),
            where=str(folder),
        ) from None
