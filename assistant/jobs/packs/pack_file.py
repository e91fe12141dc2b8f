"""The file that a colleague sends: a zip with a signed list of data files, and those files.

Promises: nothing of it is unpacked before the signature over its list was found good; what is not on the list, has another
hash, is no data file or would lie outside `selectors/` is refused; so is a file that grows beyond measure.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.jobs.packs.signature import PublicKey, SecretKey, is_by, signer_of
from assistant.messages import Text
from assistant.validation import StrictModel

LIST, SIGNATURE = "list.json", "list.json.minisig"
INSIDE = "selectors"
FORMAT = 1
MOST_BYTES = 20_000_000
MOST_FILES = 2000
KINDS = (".yaml", ".json", ".md")
"""Data only: no code travels so."""


class PackList(StrictModel):
    """What the signature stands for."""

    format: int
    title: str
    made_on: date
    files: Mapping[str, str]
    """Path below `selectors/` → SHA-256."""


@dataclass(frozen=True)
class PackFile:
    """A pack file whose signature, list and files agree."""

    about: PackList
    signer: PublicKey
    files: Mapping[str, bytes] = field(repr=False)


def read_pack(file: Path, trusted: Iterable[PublicKey]) -> PackFile:
    """Raises InputError with what is wrong: damaged, signed by nobody who is trusted, or holding what it may not."""
    try:
        with zipfile.ZipFile(file) as packed:
            _refuse_size(packed)
            listed, signature = packed.read(LIST), packed.read(SIGNATURE).decode("utf-8")
            signer = _signer(listed, signature, trusted)
            about = PackList.model_validate_json(listed)
            files = {path: packed.read(f"{INSIDE}/{path}") for path in about.files}
            others = set(packed.namelist()) - {LIST, SIGNATURE, *(f"{INSIDE}/{path}" for path in about.files)}
    except (OSError, KeyError, ValueError, ValidationError, zipfile.BadZipFile):
        raise InputError(
            Text("这不是完整的资料包文件，请让对方重新发送。", "This is no whole pack file: have it sent again."),
            where=file.name,
        ) from None
    if about.format > FORMAT:
        raise InputError(
            Text("这个资料包文件需要更新版本的程序。", "This pack file needs a newer version of this program."),
            where=file.name,
        )
    bad = [path for path, content in files.items() if hashlib.sha256(content).hexdigest() != about.files[path]]
    bad += [path for path in (*files, *others) if not _may_travel(path) or path in others]
    if bad:
        raise InputError(
            Text(
                "资料包文件的内容与它的清单不符，没有采用。",
                "The pack file is not what its list says; it was not taken.",
            ),
            where=f"{file.name}: {sorted(bad)[0]}",
        )
    return PackFile(about, signer, files)


def write_pack(files: Mapping[str, bytes], title: str, on: date, key: SecretKey, place: Path) -> None:
    """Signs and writes. The same files, day and key give the same bytes."""
    refused = sorted(path for path in files if not _may_travel(path))
    if refused or not files:
        raise InputError(
            Text(
                "文件夹中没有可打包的数据文件，或有不能打包的文件。",
                "The folder has no data files, or files that may not travel.",
            ),
            where=refused[0] if refused else "",
        )
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
    about = {"format": FORMAT, "title": title, "made_on": on.isoformat(), "files": hashes}
    listed = json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8")
    members = {LIST: listed, SIGNATURE: key.sign(listed, f"{title} {on}").encode("utf-8")}
    members |= {f"{INSIDE}/{path}": content for path, content in sorted(files.items())}
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _signer(listed: bytes, signature: str, trusted: Iterable[PublicKey]) -> PublicKey:
    said = signer_of(signature)
    known = [key for key in trusted if key.id == said]
    if not known:
        name = said[::-1].hex().upper()
        raise InputError(
            Text(
                f"签名者（{name}）不在您信任的名单中。请当面或电话核对这个编号，再用 assistant pack trust 加入他们的公钥。",
                f"The signer ({name}) is not among those you trust. Compare this number with them in person or by telephone, then "
                "add their public key with assistant pack trust.",
            )
        )
    for key in known:
        if is_by(signature, listed, key):
            return key
    raise InputError(
        Text("签名不对：文件被改动过，没有采用。", "The signature is wrong: the file was changed, and was not taken.")
    )


def _refuse_size(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ValueError("too large")


def _may_travel(path: str) -> bool:
    """
    >>> _may_travel("cities/beijing.yaml"), _may_travel("../x.yaml"), _may_travel("a.py"), _may_travel("C:/x.yaml")
    (True, False, False, False)
    """
    parts = PurePosixPath(path).parts
    odd = any(part in ("..", ".") or part.startswith((".", "__")) for part in parts)
    return (
        bool(parts) and not odd and not any(sign in path for sign in "\\:") and path.endswith(KINDS) and path[0] != "/"
    )
