"""One applicant's case as the desk's pages ask for it: by the id in the address, opened for as long as a page is made."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from assistant.errors import InputError
from assistant.messages import printable
from assistant.store.base import Applicant, ApplicantIn, ApplicantRef
from assistant.store.folders import FolderStore

if TYPE_CHECKING:
    from assistant.desk.desk import Desk


@dataclass(frozen=True)
class OpenCase:
    """An applicant, open; `at` is the same one for a job, `address` is where its pages are."""

    id: str
    applicant: Applicant
    at: ApplicantIn
    sealed: bool

    @property
    def address(self) -> str:
        return address_of(self.id)

    @property
    def shown_id(self) -> str:
        return printable(self.id)


def address_of(name: str) -> str:
    return f"/cases/{quote(name, safe='')}"


def applicant_of(request: Request) -> ApplicantIn:
    """Whom the address names; 404 for anything that is no applicant of this desk's."""
    with _opened(request) as (at, _):
        return at


@contextmanager
def opened_case(request: Request) -> Iterator[OpenCase]:
    """The case of this address until the end of the block; nothing unsealed outlives it."""
    desk: Desk = request.app.state.desk
    try:
        with _opened(request) as (at, applicant):
            sealed = isinstance(desk.store, FolderStore) and desk.store.is_sealed(at.ref)
            yield OpenCase(at.ref.id, applicant, at, sealed)
    except FileNotFoundError:
        raise HTTPException(404) from None


@contextmanager
def _opened(request: Request) -> Iterator[tuple[ApplicantIn, Applicant]]:
    desk: Desk = request.app.state.desk
    name: str = request.path_params["id"]
    if name in ("", ".", "..") or set(name) & set("/\\:\0"):
        raise HTTPException(404)
    at = ApplicantIn(desk.store, ApplicantRef(name))
    with ExitStack() as stack:
        try:
            applicant = stack.enter_context(at.open())
        except InputError:
            raise HTTPException(404) from None
        yield at, applicant
