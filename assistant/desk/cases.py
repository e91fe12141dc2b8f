"""One applicant's case as the desk's pages ask for it: by the id in the address, opened for as long as a page is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from assistant.messages import printable
from assistant.store import sealing
from assistant.store.base import Applicant, ApplicantRef
from assistant.store.folders import is_applicants

if TYPE_CHECKING:
    from assistant.desk.desk import Desk


@dataclass(frozen=True)
class OpenCase:
    """An applicant, open; `address` is where its pages are."""

    id: str
    applicant: Applicant
    folder: Path
    sealed: bool

    @property
    def address(self) -> str:
        return address_of(self.id)

    @property
    def shown_id(self) -> str:
        return printable(self.id)


def address_of(name: str) -> str:
    return f"/cases/{quote(name, safe='')}"


def folder_of(request: Request) -> Path:
    """The folder that the address names; 404 for anything that is no applicant's folder of this desk's."""
    desk: Desk = request.app.state.desk
    name: str = request.path_params["id"]
    plain = name not in ("", ".", "..") and not set(name) & set("/\\:\0")
    if not plain or not is_applicants(desk.folder / name) or (desk.folder / name).is_symlink():
        raise HTTPException(404)
    return desk.folder / name


@contextmanager
def opened_case(request: Request) -> Iterator[OpenCase]:
    """The case of this address until the end of the block; nothing unsealed outlives it."""
    desk: Desk = request.app.state.desk
    folder = folder_of(request)
    try:
        with desk.store.open(ApplicantRef(folder.name)) as applicant:
            yield OpenCase(folder.name, applicant, folder, sealing.is_sealed(folder))
    except FileNotFoundError:
        raise HTTPException(404) from None
