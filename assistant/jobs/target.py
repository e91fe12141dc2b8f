"""Where a job goes: the live portal, an address of the person's own, or a mock portal; and who watches.

Promises: only the live portal is opened with the browser folder that is kept for its city; a mock portal serves no longer
than its job, on a day on which its applicant may file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.check.city.loading import load_city
from assistant.errors import InputError
from assistant.jobs.mock_portal import fixtures_module
from assistant.messages import Text
from assistant.portal.loading import Portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, browser_folder

if TYPE_CHECKING:
    from fixtures.server import MockPortal

SAMPLE = PlainFolder(PROFILES / "sample-lee")
# The wait for a login that nobody is there to make: the mock's, or a session that is still kept.
SECONDS_ALONE = 30.0
_DAYS_BEFORE_EXPIRY = 60


@dataclass(frozen=True)
class Destination:
    """A target that answers: its address, and the browser folder that is kept for it."""

    url: str
    browser_folder: Path | None = None


@dataclass(frozen=True)
class Target:
    """Where a job goes. `address` stands for the portal's own."""

    kind: Literal["live", "address", "mock"] = "live"
    address: str = ""

    @classmethod
    def of(cls, address: str | None, *, mock: bool = False) -> "Target":
        """
        >>> Target.of(None), Target.of("http://127.0.0.1:8000"), Target.of(None, mock=True)
        (Target(kind='live', address=''), Target(kind='address', address='http://127.0.0.1:8000'), Target(kind='mock', address=''))
        """
        if mock:
            return MOCK
        return cls("address", address) if address else LIVE

    @contextmanager
    def reached(self, portal: Portal, city: str, applicant: Profile | None) -> Iterator[Destination]:
        """The target while the job lasts; a mock portal is started for it, for the sample where nobody is named."""
        if self.kind == "mock":
            with _mock_for(applicant or load_profile(SAMPLE), city) as mock:
                yield Destination(mock.url)
        elif self.kind == "address":
            yield Destination(self.address)
        else:
            yield Destination(portal.live.origins[0] + portal.live.start, browser_folder(city))


LIVE = Target("live")
MOCK = Target("mock")


def is_watched(console: Console, *, headless: bool) -> bool:
    """Whether a person sees the window and answers in the terminal, or at the desk."""
    return not headless and console.has_person


def _mock_for(applicant: Profile, city: str) -> "MockPortal":
    filing_day = applicant.work_permit.expires_on - timedelta(days=_DAYS_BEFORE_EXPIRY)
    portal: MockPortal = fixtures_module("server").MockPortal(city=city, auto_login=True, on=filing_day)
    return portal


def city_and_portal(city: str, applicant: Profile | None) -> tuple[str, str]:
    """The city that is meant, and the portal it files on."""
    if not city and applicant is None:
        raise InputError(
            Text("请用 --city 指定城市，例如 --city shenzhen", "name the city, for example --city shenzhen")
        )
    found = load_city(city or (applicant.city if applicant else ""))
    return found.city, found.portal
