"""The measure of intake: rosters leave nothing to type, a preview keeps its bound, effort is counted as it says."""

from pathlib import Path

from benchmarks import intake


def test_the_filled_roster_leaves_nothing_to_type_and_the_usual_one_what_it_lacks(tmp_path: Path) -> None:
    filled, usual = intake.from_rosters(tmp_path, intake.sample_values())
    assert (filled.typed, filled.looked_at) == (0, 0)
    assert filled.seconds < intake.ROSTER_TARGET
    assert 20 < usual.typed < len(intake.sample_values())


def test_a_renewal_leaves_less_than_a_tenth_to_type(tmp_path: Path) -> None:
    values = intake.sample_values()
    (alone,) = intake.from_last_year(tmp_path, values, papers=False)
    assert 0 < alone.typed <= len(values) / 10


def test_a_preview_keeps_its_bound(tmp_path: Path) -> None:
    assert intake.preview_ratio(tmp_path, 300) <= intake.PREVIEW_TARGET


def test_what_is_typed_costs_its_keys_and_what_is_looked_at_its_reading() -> None:
    nothing = intake.effort("", (), (), 0)
    typed, looked = intake.effort("", ["M98765432"], (), 0), intake.effort("", (), ["M98765432"], 0)
    assert nothing.seconds == 0
    assert typed.keys == 9 and typed.seconds > looked.seconds > 0
