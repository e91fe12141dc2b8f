"""The measurement of the desk measures."""

from benchmarks import desk


def test_a_small_folder_is_measured(tmp_path):
    result = desk.measured(desk.many(tmp_path, 3), looks=2)
    assert 0 < result["median"] <= result["slowest"]
    assert result["megabytes_after"] > 10
