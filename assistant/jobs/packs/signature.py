"""Signatures in the format of minisign (Ed25519 over BLAKE2b-512), so that its own program checks and makes them too.

Promise: what `verified` answers with was signed by the key, the trusted comment included.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from typing import Self

from nacl.exceptions import BadSignatureError, CryptoError
from nacl.signing import SigningKey, VerifyKey

from assistant.errors import InputError
from assistant.messages import Text

_PURE, _HASHED = b"Ed", b"ED"
_TRUSTED = "trusted comment: "
_UNTRUSTED = "untrusted comment: "
_ID, _KEY, _SIGNATURE = 8, 32, 64


@dataclass(frozen=True)
class PublicKey:
    """Whose signatures are believed; `id` is what minisign shows."""

    id: bytes
    key: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """From a `.pub` file, or from its one line of signs. InputError for anything else."""
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_UNTRUSTED)]
        data = _decoded(lines[0] if len(lines) == 1 else "")
        if len(data) != 2 + _ID + _KEY or data[:2] != _PURE:
            raise InputError(
                Text(
                    "这不是一个公钥（minisign 格式，56 个字符）。",
                    "This is no public key (minisign's format, 56 signs).",
                )
            )
        return cls(data[2 : 2 + _ID], data[2 + _ID :])

    @property
    def name(self) -> str:
        return self.id[::-1].hex().upper()

    def written(self) -> str:
        line = base64.b64encode(_PURE + self.id + self.key).decode("ascii")
        return f"{_UNTRUSTED}minisign public key {self.name}\n{line}\n"


@dataclass(frozen=True)
class SecretKey:
    """What a maintainer of packs signs with; its text is kept in the keyring alone."""

    id: bytes
    seed: bytes

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_bytes(_ID), secrets.token_bytes(_KEY))

    @classmethod
    def read(cls, text: str) -> Self:
        data = bytes.fromhex(text)
        return cls(data[:_ID], data[_ID:])

    def __repr__(self) -> str:
        return f"SecretKey({self.public.name})"

    @property
    def secret_text(self) -> str:
        return (self.id + self.seed).hex()

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.id, bytes(SigningKey(self.seed).verify_key))

    def sign(self, content: bytes, comment: str) -> str:
        """The text of a `.minisig` file."""
        key = SigningKey(self.seed)
        signature = key.sign(hashlib.blake2b(content, digest_size=64).digest()).signature
        joint = key.sign(signature + comment.encode("utf-8")).signature
        first = base64.b64encode(_HASHED + self.id + signature).decode("ascii")
        return (
            f"{_UNTRUSTED}{self.public.name}\n{first}\n{_TRUSTED}{comment}\n{base64.b64encode(joint).decode('ascii')}\n"
        )


def signer_of(signature: str) -> bytes:
    """The id of the key that a signature says it is by; not yet believed."""
    return _parts(signature)[1]


def is_by(signature: str, content: bytes, key: PublicKey) -> bool:
    """Whether this key signed exactly this content."""
    kind, signer, signed, comment, joint = _parts(signature)
    if signer != key.id:
        return False
    told = hashlib.blake2b(content, digest_size=64).digest() if kind == _HASHED else content
    verifier = VerifyKey(key.key)
    try:
        verifier.verify(told, signed)
        verifier.verify(signed + comment.encode("utf-8"), joint)
    except (BadSignatureError, CryptoError, ValueError):
        return False
    return True


def _parts(signature: str) -> tuple[bytes, bytes, bytes, str, bytes]:
    lines = signature.splitlines()
    if len(lines) >= 4 and lines[2].startswith(_TRUSTED):
        data, joint = _decoded(lines[1]), _decoded(lines[3])
        if len(data) == 2 + _ID + _SIGNATURE and data[:2] in (_PURE, _HASHED) and len(joint) == _SIGNATURE:
            return data[:2], data[2 : 2 + _ID], data[2 + _ID :], lines[2].removeprefix(_TRUSTED), joint
    raise InputError(Text("签名无法读取。", "The signature can't be read."))


def _decoded(text: str) -> bytes:
    """Only as it is written: base64 can spell the same bytes in several ways."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if base64.b64encode(data).decode("ascii") == text else b""
