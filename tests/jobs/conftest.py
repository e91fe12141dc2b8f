"""What tests of several jobs share."""

import pytest

from assistant.check.documents import worker_pool


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that was looked at; the looks themselves are empty."""
    seen: list[str] = []

    def ask(_child: object, request: dict[str, object]) -> worker_pool.ChildAnswer:
        seen.append(str(request["slot"]))
        return {"look": worker_pool.FileResult().as_json()}

    monkeypatch.setattr(worker_pool.Child, "ask", ask)
    return seen
