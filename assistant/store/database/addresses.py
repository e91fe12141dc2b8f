"""Where cases are kept, as it is typed: `folder:PATH`, `sqlite:///PATH`, `postgresql://…`.

Promises: an address that can't be used is refused before any work, and says what to write; no password of an address is
ever repeated.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError, SetupError
from assistant.messages import Text
from assistant.store.base import Store
from assistant.store.folders import FolderStore

if TYPE_CHECKING:
    from assistant.store.database.store import DatabaseStore

VARIABLE = "ASSISTANT_STORE"
FOLDER = "folder:"
_DATABASES = ("sqlite:", "postgresql:", "postgresql+psycopg:")
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):[^@]*@")


def named_store(given: str | None) -> str:
    """The address that was typed, else the one of ASSISTANT_STORE, else nothing."""
    return given or os.environ.get(VARIABLE, "")


def store_at(address: str) -> Store:
    """The store of an address. Raises InputError for one that is none, SetupError where this machine lacks what it needs."""
    if address.startswith(FOLDER):
        return FolderStore.at(Path(address.removeprefix(FOLDER)))
    return database_at(address)


def database_at(address: str) -> "DatabaseStore":
    """The same where only a database will do."""
    checked_database(address)
    ask_for_team_parts()
    from assistant.store.database.store import DatabaseStore

    return DatabaseStore.at(address)


def checked_database(address: str) -> str:
    """The address, if it is a database's; raises InputError."""
    if not address.startswith(_DATABASES):
        raise InputError(
            Text(
                "看不懂这个存储地址；请写 folder:文件夹、sqlite:///文件 或 postgresql://用户@主机/数据库",
                "not an address of a store; write folder:PATH, sqlite:///PATH or postgresql://USER@HOST/DATABASE",
            ),
            where="--store",
        )
    return address


def ask_for_team_parts() -> None:
    """Raises SetupError where the libraries of the extra `team` are not installed."""
    if any(find_spec(name) is None for name in ("sqlalchemy", "alembic", "psycopg")):
        raise SetupError(
            Text(
                '多台工作台共用需要附加组件。请安装：pip install "assistant[team]"',
                'Several desks need an extra that is not installed. Install it: pip install "assistant[team]"',
            )
        )


def shown(address: str) -> str:
    """The address as it can be told.

    >>> shown("postgresql://kim:secret@db/team")
    'postgresql://kim@db/team'
    """
    return _PASSWORD.sub(r"\1@", address)
