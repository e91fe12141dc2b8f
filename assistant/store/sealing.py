"""An applicant's folder as one encrypted file, in the age format (age-encryption.org/v1).

Promises: nothing is deleted before the sealed file has been read back and found complete, so that whatever interrupts
`seal` or `unseal`, every file is still there in one form or the other. What lies in a sealed folder beside the sealed file
is newer than what is in it, and counts. Nothing is kept here: who opens a sealed folder (folders.py) holds what is in it.
"""

import io
import tarfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from assistant.errors import SealError
from assistant.messages import Text
from assistant.store import credentials
from assistant.store.base import PROFILE
from assistant.store.files import UNFINISHED, settle, write_private
from assistant.store.locks import writing

SEALED = "sealed.age"
_UNFINISHED = "sealed.age.new"


# ---- keys ----------------------------------------------------------------------------------------------------------


def new_key() -> str:
    """A new secret key, as age writes them."""
    from pyrage import x25519  # type: ignore[import-untyped]

    return str(x25519.Identity.generate())


def checked_key(text: str) -> str:
    """The key in a recovery file's text; SealError when there is none. Comment lines are passed over."""
    from pyrage import IdentityError, x25519

    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    with suppress(IdentityError):
        if len(lines) == 1:
            x25519.Identity.from_str(lines[0])
            return lines[0]
    raise SealError(
        Text(
            "这不是本工具的恢复密钥文件；内容应有一行以 AGE-SECRET-KEY-1 开头。",
            "This is no recovery key of this tool; it has one line that starts with AGE-SECRET-KEY-1.",
        )
    )


def kept_key() -> str:
    """The key in the keyring; SealError when none is kept, KeyringUnusable when it does not open."""
    key = credentials.seal_key()
    if key is None:
        raise SealError(
            Text(
                "密码库中没有封存密钥。请用恢复密钥放回：assistant seal --import-key 文件。",
                "The keyring holds no sealing key. Put it back from the recovery key: assistant seal --import-key FILE.",
            )
        )
    return key


def kept_or_new_key() -> tuple[str, bool]:
    """The key in the keyring, and whether it was made just now, since there was none. SealError when the keyring does not keep it,
    KeyringUnusable when it does not open."""
    kept = credentials.seal_key()
    if kept is not None:
        return kept, False
    key = new_key()
    credentials.keep_seal_key(key)
    if credentials.seal_key() != key:
        raise SealError(Text("密码库没有保存密钥，未继续。", "The keyring did not keep the key; nothing was done."))
    return key, True


def public_key(key: str) -> str:
    """To which anybody can encrypt what only this key opens."""
    from pyrage import x25519

    return str(x25519.Identity.from_str(key).to_public())


def sealed_bytes(content: bytes, key: str) -> bytes:
    """One file's content, encrypted: this tool opens it again, and so does any age program with the recovery key."""
    from pyrage import encrypt, x25519

    sealed: bytes = encrypt(content, [x25519.Identity.from_str(key).to_public()])
    return sealed


def sealed_to(content: bytes, public_keys: Sequence[str]) -> bytes:
    """One content for several: each one's own key opens it. Raises SealError for what is no public key."""
    from pyrage import encrypt

    sealed: bytes = encrypt(content, [_recipient(key) for key in public_keys])
    return sealed


def checked_public_key(text: str) -> str:
    """The public key in what a person gave; SealError when there is none."""
    return str(_recipient(text.strip()))


def _recipient(text: str) -> object:
    from pyrage import RecipientError, x25519

    try:
        return x25519.Recipient.from_str(text)
    except RecipientError:
        raise SealError(
            Text(
                "这不是公钥；公钥以 age1 开头，由对方运行 assistant team list 得到。",
                "This is no public key; it begins with age1, and assistant team list shows it to its owner.",
            )
        ) from None


def opened_bytes(content: bytes, key: str, where: Path) -> bytes:
    """What was sealed; SealError when the key is another one or the file is damaged."""
    from pyrage import DecryptError, decrypt, x25519

    try:
        opened: bytes = decrypt(content, [x25519.Identity.from_str(key)])
    except DecryptError:
        raise _closed(where) from None
    return opened


def _closed(where: Path) -> SealError:
    return SealError(
        Text(
            "打不开封存文件：密钥不对，或文件已损坏。请换用封存时的密钥（恢复密钥）。",
            "The sealed file does not open: another key sealed it, or it is damaged. Use the key of that time "
            "(the recovery key).",
        ),
        where=str(where),
    )


# ---- sealing and unsealing -----------------------------------------------------------------------------------------


def is_sealed(folder: Path) -> bool:
    return (folder / SEALED).is_file()


def seal(folder: Path, key: str) -> int:
    """Seals all files of a folder, also those added since it was sealed; how many are sealed now. SealError."""
    with writing(folder):
        return _seal(folder, key)


def _seal(folder: Path, key: str) -> int:
    for leftover in (folder / _UNFINISHED, *folder.rglob(UNFINISHED)):
        leftover.unlink(missing_ok=True)
    found = dict(_plain_files(folder))
    held = dict(read_archive(folder / SEALED, key)) if is_sealed(folder) else {}
    states = {name: state_of(path) for name, path in found.items()}
    together = held | {name: path.read_bytes() for name, path in found.items()}
    if PROFILE not in together:
        raise SealError(
            Text(
                "这不是申请人文件夹（其中没有 profile.yaml），没有封存。",
                "This is no applicant's folder (there is no profile.yaml in it); nothing was sealed.",
            ),
            where=str(folder),
        )
    if found:
        replace(folder, together, key)
    for name, path in found.items():
        # What was changed while we sealed is newer than its sealed copy, and stays.
        if state_of(path) == states[name]:
            path.unlink()
    _remove_empty(folder)
    return len(together)


def unseal(folder: Path, key: str) -> int:
    """Puts all files back and removes the sealed one; how many. What lies beside it is newer and is not overwritten."""
    with writing(folder):
        return _unseal(folder, key)


def _unseal(folder: Path, key: str) -> int:
    held = read_archive(folder / SEALED, key)
    for name, content in held.items():
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(target, content)
    for name in held:
        if not (folder / name).is_file():
            raise SealError(
                Text("未能写回全部文件，封存文件仍保留。", "Not every file came back; the sealed file stays.")
            )
    (folder / SEALED).unlink()
    return len(held)


def _plain_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise SealError(
                Text(
                    "文件夹中有快捷链接，无法封存；请换成文件本身。",
                    "The folder holds a link, which can't be sealed; put the file itself there.",
                ),
                where=name,
            )
        if path.is_file() and name != SEALED:
            yield name, path


def state_of(path: Path) -> tuple[int, int]:
    """By which a changed file is known."""
    now = path.stat()
    return now.st_mtime_ns, now.st_size


def replace(folder: Path, contents: Mapping[str, bytes], key: str) -> None:
    """Seals these files and no others: writes, reads back and compares before the new sealed file takes the place of the old one."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), 0o600, int(time.time())
            archive.addfile(entry, io.BytesIO(content))
    unfinished = write_private(folder / _UNFINISHED, sealed_bytes(packed.getvalue(), key))
    if _opened(unfinished.read_bytes(), key, unfinished) != dict(contents):
        unfinished.unlink()
        raise SealError(
            Text(
                "写入后核对不一致，未封存，原文件未动。请检查磁盘。",
                "What was written does not read back: nothing was sealed or removed. Check the disk.",
            )
        )
    unfinished.replace(folder / SEALED)
    settle(folder)


def _remove_empty(folder: Path) -> None:
    for inner in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        with suppress(OSError):
            inner.rmdir()


# ---- reading a sealed folder ---------------------------------------------------------------------------------------


def read_archive(sealed: Path, key: str) -> Mapping[str, bytes]:
    """All files in a sealed file by name. Raises SealError."""
    try:
        return _opened(sealed.read_bytes(), key, sealed)
    except OSError:
        raise SealError(
            Text("没有封存文件，或无法读取。", "There is no sealed file here, or it can't be read."), where=str(sealed)
        ) from None


def _opened(content: bytes, key: str, where: Path) -> Mapping[str, bytes]:
    packed = opened_bytes(content, key, where)
    try:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            found = {one.name: archive.extractfile(one) for one in archive if one.isfile()}
            held = {name: reader.read() for name, reader in found.items() if reader is not None}
    except tarfile.TarError:
        raise _closed(where) from None
    for name in held:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
            raise SealError(
                Text("封存文件中有不安全的文件名。", "The sealed file holds an unsafe name."), where=str(where)
            )
    return held
