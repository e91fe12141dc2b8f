"""The measurement of the desk measures."""

import pytest

from benchmarks import _desk_lives, desk
from benchmarks._klm import BUTTON, HOMING, KEY, MENTAL, POINT


def test_a_small_folder_is_measured(tmp_path):
    result = desk.measured(desk.many(tmp_path, 3), looks=2)
    assert 0 < result["median"] <= result["slowest"]
    assert result["megabytes_after"] > 10


FORM = """<form data-judge="/"><input name="a" aria-invalid="true"><input name="b" value="x"><select name="c"><option value="">
<option value="1"></select><textarea name="d"></textarea></form><button>保存</button>"""


def test_every_press_and_key_of_a_life_is_counted_and_done(page):
    page.set_content(FORM)
    life = _desk_lives.Life("one")
    person = _desk_lives.CountedPerson(page, life)
    person.answers({"a": "M98", "c": "1", "d": "深圳"})
    assert [page.locator(f"[name={name}]").input_value() for name in "acd"] == ["M98", "1", "深圳"]
    keys = 3 + (2 + 1) + (1 + 6)
    assert (life.presses, life.keys, life.typed) == (1, keys, 3)
    assert life.seconds == pytest.approx(POINT + BUTTON + 2 * HOMING + 3 * MENTAL + keys * KEY)
    person.button("保存")
    assert (life.presses, life.keys) == (2, keys)


def test_a_life_that_takes_too_long_does_not_pass():
    quick, slow = _desk_lives.Life("a", seconds=100), _desk_lives.Life("b", seconds=400)
    assert _desk_lives.passed([quick, quick]) and not _desk_lives.passed([quick, slow])
    assert _desk_lives.Life("c", seconds=400, people=20).minutes < 1
