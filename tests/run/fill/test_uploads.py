"""What the page's own list of files proves: everything planned, and nothing of it twice."""

import dataclasses
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.page.matching import Match
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill.read_back import ShownSection
from assistant.run.fill.result import UploadResult
from assistant.run.fill.uploads import attach_all, unsettled
from assistant.run.plan import make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

PLAN = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
SLOT = next(upload for section in PLAN.sections for upload in section.uploads if len(upload.files) == 1)
NAME = SLOT.files[0].name


def slots_of(seen: Snapshot) -> Mapping[str, Match]:
    section = next(one for one in PLAN.sections if SLOT in one.uploads)
    return ShownSection(section, seen).uploads


def listing(*names: str) -> Snapshot:
    return Snapshot((Control(0, 1, "upload", "native", SLOT.upload.label, value=names),))


@pytest.mark.parametrize(
    ("names", "reasons"),
    [
        ((NAME,), []),
        ((), ["changed-after-save"]),
        ((NAME, NAME), ["doubled"]),
        ((NAME, "last-year.pdf"), ["other-file"]),
    ],
)
def test_a_file_that_is_gone_or_there_twice_or_beside_another_is_told(names: tuple[str, ...], reasons: list[str]):
    settled = UploadResult.of(SLOT, "proved")
    assert [reason for _, reason in unsettled([settled], slots_of(listing(*names)))] == reasons


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((NAME, NAME), "doubled"),
        (("last-year.pdf",), "other-file"),
        ((NAME, "last-year.pdf"), "other-file"),
    ],
)
def test_a_slot_that_holds_more_than_is_planned_is_left_to_the_person_and_gets_nothing(
    names: tuple[str, ...], reason: str
):
    class Page:
        def look(self) -> Snapshot:
            return listing(*names)

    (one,) = attach_all(Page(), [SLOT], lambda seen: seen)  # type: ignore[arg-type]
    assert (one.status, one.reason) == ("kept", reason)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Scan 2026-11-30 at 9.41.00\u202fAM.pdf", "Scan 2026-11-30 at 9.41.00 AM.pdf"),
        ("护照\u00a0LEE.pdf", "护照 LEE.pdf"),
        ("居留\u3000许可.pdf", "居留 许可.pdf"),
        ("LEE  MINJUN visa.pdf", "LEE MINJUN visa.pdf"),
        ("a\u200bb.pdf", "ab.pdf"),
        ('say "hi".pdf', "say %22hi%22.pdf"),
        (unicodedata.normalize("NFD", "여권 사본.pdf"), "여권 사본.pdf"),
        ("thin\u2009space\u2003wide.pdf", "thin space wide.pdf"),
        ("soft\u00adhyphen.pdf", "softhyphen.pdf"),
    ],
)
def test_a_file_is_known_by_its_name_as_pages_write_it(name: str, listed: str):
    plan = dataclasses.replace(SLOT, files=(Path("/folder") / name,))
    for shown in (name, listed):
        assert unsettled([UploadResult.of(plan, "proved")], slots_of(listing(shown))) == []
    assert unsettled([UploadResult.of(plan, "proved")], slots_of(listing("another.pdf"))) != []
