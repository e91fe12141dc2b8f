"""What was unsealed for an applicant is gone from this process once the applicant is closed: a desk runs all day."""

import gc
import shutil
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.check.city.loading import load_city
from assistant.check.deadlines.roster import make_roster
from assistant.check.rules import check_rules
from assistant.check.rules.profile import check_profile
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review.cards import cards
from assistant.run.fill.read_back import read_back
from assistant.run.plan import make_plan
from assistant.store import credentials, sealing
from assistant.store.applicant_folder import SealedFolder
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES
from benchmarks._pages import outcomes_of, page_of

ON = date(2026, 11, 22)
# What the cache of a function is.
CACHE = type(lru_cache(str))


def test_nothing_of_a_closed_applicant_is_kept_in_this_process(tmp_path: Path) -> None:
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    folder = Path(shutil.copytree(PROFILES / "sample-lee", tmp_path / "lee"))
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    for known, secret in _pairs():
        assert known in text
        text = text.replace(known, secret)
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    del text, known, secret
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(folder, key)
    copies = work_with(FolderStore(tmp_path))
    gc.collect()
    assert not any(copy.exists() for copy in copies)
    assert not [one for one in gc.get_objects() if isinstance(one, SealedFolder)]
    assert list(holders_of([secret for _, secret in _pairs()])) == []


def _pairs() -> list[tuple[str, str]]:
    """What the sample says, and what a person says of whom nothing else in this process knows; made anew at each call."""
    return [
        ("李敏俊", "".join(["欧阳", "秋", "水"])),
        ("minjun.lee@example.com", "@".join(["once.only", "example.org"])),
        ("13800000011", "".join(["1391", "207", "7345"])),
    ]


def work_with(store: FolderStore) -> list[Path]:
    """Everything that is done with an open applicant in the desk's own process; where the local copies of papers were."""
    (ref,) = store.applicants()
    assert make_roster(store, ON).due
    with store.open(ref) as kept:
        profile = load_profile(kept)
        assert profile.applicant.chinese_name == _pairs()[0][1]
        plan = make_plan(profile, load_portal("shenzhen"))
        shown = cards([read_back(one, outcomes_of(one), page_of(one)) for one in plan.sections])
        assert any(_pairs()[0][1] in card.planned for card in shown)
        assert any([*check_profile(profile, ON), *check_rules(profile, load_city("shenzhen"), ON)])
        return [path for paths in profile.documents.values() for path in paths]


def holders_of(secrets: list[str]) -> Iterator[object]:
    """What this process still holds in which one of the texts stands: kinds of objects, also of what caches keep."""
    raw = [secret.encode() for secret in secrets]
    for one in gc.get_objects():
        if one is secrets or one is raw:
            continue
        for held in _inside(one):
            if (isinstance(held, str) and any(text in held for text in secrets)) or (
                isinstance(held, bytes) and any(text in held for text in raw)
            ):
                yield type(one)
                break


def _inside(one: object, depth: int = 3) -> Iterator[object]:
    """What an object refers to; of plain tables of texts, which nobody else lists, what is in them as well."""
    for held in gc.get_referents(one):
        yield held
        if (depth and not gc.is_tracked(held) and isinstance(held, dict | tuple | CACHE)) or (
            isinstance(one, CACHE) and depth
        ):
            yield from _inside(held, depth - 1)


def test_what_a_cache_or_a_table_keeps_would_be_seen() -> None:
    """That the test above is able to fail."""

    @lru_cache
    def folded(text: str) -> str:
        return text.casefold()

    def secret() -> str:
        return "".join(["never ", "to be ", "kept"])

    assert list(holders_of([secret()])) == []
    assert folded(secret())
    assert CACHE in holders_of([secret()])
    folded.cache_clear()
    table = Table()
    table.held["lee"] = secret().encode()
    assert Table in holders_of([secret()])


class Table:
    """A table of contents by name, as a store might be tempted to keep one."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
