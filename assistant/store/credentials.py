"""What is secret between the person and this tool: a portal's login, and the key of sealed folders.

Promises: secrets are kept in a store that the operating system (or a master password) protects, or not at all. keyring
would silently fall back to plain text where such a package is installed; here backends are allowed by name, and the
allowed one is asked directly, never through a chain that could end elsewhere. Nothing secret is in a message or a `repr`.
The only module that knows keyring.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, TypeVar

from assistant.errors import KeyringUnusable
from assistant.messages import Text

# Modules of keyring's backends whose content cannot be read from the disk alone.
PROTECTED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyrings.cryptfile.cryptfile",
)
_SERVICE = "assistant"
_SEAL_KEY = "seal-key"
_PACK_KEY = "pack-key"
# Classes that a test has named one by one; nothing outside this process can add to them.
_trusted: set[type] = set()
Answer = TypeVar("Answer")


class PasswordStore(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


@dataclass(frozen=True)
class PortalLogin:
    """A user name and password of one portal."""

    user: str = field(repr=False)
    password: str = field(repr=False)


def trust(backend: type) -> None:
    """Lets a test's own store pass; by class, so that no name can be forged."""
    _trusted.add(backend)


def store() -> PasswordStore:
    """The protected store of this machine; KeyringUnusable where there is none."""
    found = _protected()
    if found is None:
        raise KeyringUnusable(
            Text(
                "这台电脑没有受系统保护的密码库，不能保存登录信息或密钥（绝不写入普通文件）。请手动登录；"
                "Linux 桌面可安装并解锁 gnome-keyring 或 KWallet。",
                "This machine has no password store that the system protects, so no login or key is kept (never in a "
                "plain file). Log in by hand; on a Linux desktop install and unlock gnome-keyring or KWallet.",
            )
        )
    return found


def store_name() -> str | None:
    """The name of the protected store, or None where there is none. Asks for nothing and unlocks nothing."""
    found = _protected()
    return type(found).__module__.rpartition(".")[2] if found else None


def _protected() -> PasswordStore | None:
    try:
        chosen = import_module("keyring").get_keyring()
        candidates = [chosen, *getattr(chosen, "backends", ())]
    except Exception:
        # Backends fail in as many ways as there are desktops; a store that can't be found is none.
        return None
    return next((one for one in candidates if _is_protected(one)), None)


def _is_protected(backend: object) -> bool:
    module = type(backend).__module__
    return type(backend) in _trusted or any(module == name or module.startswith(name + ".") for name in PROTECTED)


# ---- a portal's login ----------------------------------------------------------------------------------------------


def keep_login(city: str, login: PortalLogin) -> None:
    """Keeps a login, replacing an older one. KeyringUnusable when the store refuses."""
    written = json.dumps({"user": login.user, "password": login.password}, ensure_ascii=False)
    _asked(lambda: store().set_password(_SERVICE, f"login {city}", written))


def login_of(city: str) -> PortalLogin | None:
    """The login that was kept for a city. KeyringUnusable when there is no store or it does not open."""
    written = _asked(lambda: store().get_password(_SERVICE, f"login {city}"))
    try:
        held = json.loads(written or "")
        return PortalLogin(str(held["user"]), str(held["password"]))
    except (ValueError, KeyError, TypeError):
        return None


def forget_login(city: str) -> bool:
    """Deletes a city's login; False when there was none."""
    return _forget(f"login {city}")


# ---- the key of sealed folders -------------------------------------------------------------------------------------


def keep_seal_key(key: str) -> None:
    """Keeps the key that opens this person's sealed folders."""
    _asked(lambda: store().set_password(_SERVICE, _SEAL_KEY, key))


def seal_key() -> str | None:
    """The key that was kept, or None."""
    return _asked(lambda: store().get_password(_SERVICE, _SEAL_KEY)) or None


def keep_pack_key(key: str) -> None:
    """Keeps the key that this person signs pack files with."""
    _asked(lambda: store().set_password(_SERVICE, _PACK_KEY, key))


def pack_key() -> str | None:
    """The key that was kept, or None."""
    return _asked(lambda: store().get_password(_SERVICE, _PACK_KEY)) or None


def _forget(name: str) -> bool:
    kept = store()
    if _asked(lambda: kept.get_password(_SERVICE, name)) is None:
        return False
    _asked(lambda: kept.delete_password(_SERVICE, name))
    return True


def _asked(question: Callable[[], Answer]) -> Answer:
    """Asks the store; whatever it raises becomes one sentence, since its own texts may hold names."""
    try:
        return question()
    except KeyringUnusable:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise KeyringUnusable(
            Text(
                f"系统密码库没有打开（{kind}）。请先解锁密码库再重试，或手动登录。",
                f"The system's password store did not open ({kind}). Unlock it and try again, or log in by hand.",
            )
        ) from None
