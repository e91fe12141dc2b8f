"""Six mishaps at the desk, one of a kind; forty mixes run at night. And the campaign sees what it is there for."""

import sys

import pytest

from benchmarks import mishaps

linux = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")
CHOSEN = {"killed": 0, "full": 1, "browser-closed": 3, "run-killed": 4, "clock": 5, "two-desks": 6}


@linux
@pytest.mark.parametrize("kind", CHOSEN)
def test_nothing_is_lost_and_the_page_says_what_to_do(kind):
    mix = mishaps.mix_of(1, CHOSEN[kind])
    assert (mix.kind, mix.broken) == (kind, [])


@linux
def test_an_act_that_loses_something_is_noticed(monkeypatch, tmp_path):
    def loses(_mix, place, _chance):
        (place.folder / mishaps.CASE / "documents" / "passport.pdf").unlink()

    monkeypatch.setitem(mishaps.MISHAPS, "clock", loses)
    mix = mishaps.mix_of(1, CHOSEN["clock"])
    assert any("passport.pdf" in one for one in mix.broken)
