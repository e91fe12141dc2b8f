"""The roster's rows, remembered: a look never waits for everyone."""

import shutil
import time

from assistant.desk.known_cases import KnownCases
from assistant.store.folders import FolderStore
from tests.support.desks import ON


def test_a_look_says_who_is_still_to_be_read_and_a_later_one_knows_them(desk_folder):
    for number in range(5):
        shutil.copytree(desk_folder / "sample-lee", desk_folder / f"other-{number}")
    known = KnownCases(FolderStore(desk_folder), lambda: ON, patience=0)
    first = known.look()
    assert len(first.rows) + first.unread == 6 and first.unread > 0
    until = time.monotonic() + 60
    while (last := known.look()).unread and time.monotonic() < until:
        time.sleep(0.05)
    assert (len(last.rows), last.unread) == (6, 0)


def test_a_change_is_read_anew_and_whoever_is_gone_is_gone(desk_folder):
    shutil.copytree(desk_folder / "sample-lee", desk_folder / "other")
    known = KnownCases(FolderStore(desk_folder), lambda: ON, patience=60)
    assert {row.id for row in known.look().rows} == {"sample-lee", "other"}
    shutil.rmtree(desk_folder / "other")
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("MINJUN", "MINJAE"), encoding="utf-8")
    assert [row.name for row in known.look().rows] == ["LEE MINJAE 李敏俊"]
