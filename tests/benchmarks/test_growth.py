"""What the growth benchmark counts as linear and as constant."""

import itertools

import pytest

from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks import growth


@pytest.mark.parametrize(
    ("cases", "linear"),
    [
        ([(1, 11, 1.0), (5, 27, 3.0), (20, 84, 11.0)], True),
        ([(1, 11, 1.0), (5, 27, 3.0), (20, 300, 11.0)], False),
        ([(1, 11, 1.0), (5, 27, 3.0), (20, 84, 40.0)], False),
    ],
)
def test_a_row_that_costs_more_the_more_there_are_is_told(cases: list[tuple[int, int, float]], linear: bool):
    assert growth._linear(cases) is linear


def test_plain_fields_cost_no_further_call():
    assert growth._constant([(10, 3, 0.1), (1000, 3, 5.0)])
    assert not growth._constant([(10, 3, 0.1), (1000, 4, 0.1)])


def test_so_many_jobs_follow_one_another_without_a_gap():
    jobs = growth._with_jobs(load_profile(PlainFolder(PROFILES / "sample-lee")), 20).work_history
    assert len({job.employer for job in jobs}) == 20
    assert all((a.to.year, a.to.month) == (b.from_.year - 1, 12) for a, b in itertools.pairwise(jobs))
