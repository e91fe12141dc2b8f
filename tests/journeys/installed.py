"""`assistant …` as a command of its own, for tests that look at what it leaves on the disk.

The keyring is a file that stands for the system's, outside of what is searched (ASSISTANT_TEST_KEYRING); where
ASSISTANT_TEST_LIVE names a mock portal, that one is the live address, so that the tool's own browser folder and the kept
login are used as on any other day.
"""

import json
import os
import sys
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend

from assistant.cli.main import main
from assistant.portal.model import Host, Portal
from assistant.store import credentials


class FileKeyring(KeyringBackend):
    priority = 1.0
    file = Path(os.environ["ASSISTANT_TEST_KEYRING"])

    def _held(self) -> dict[str, str]:
        return dict(json.loads(self.file.read_text(encoding="utf-8"))) if self.file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        held = {**self._held(), f"{service} {username}": password}
        self.file.write_text(json.dumps(held), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        held = {key: one for key, one in self._held().items() if key != f"{service} {username}"}
        self.file.write_text(json.dumps(held), encoding="utf-8")


def mock_as_live(portal: Portal) -> Host:
    mock = next(host for host in portal.hosts if host.kind == "mock")
    return mock.model_copy(update={"origins": (os.environ["ASSISTANT_TEST_LIVE"],)})


credentials.trust(FileKeyring)
keyring.set_keyring(FileKeyring())
if "ASSISTANT_TEST_LIVE" in os.environ:
    Portal.live = property(mock_as_live)  # type: ignore[assignment, method-assign]
sys.exit(main(sys.argv[1:]))
