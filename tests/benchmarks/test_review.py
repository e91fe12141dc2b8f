"""The review study, short: planted errors are really there, on a card above the fold, and a study without the second reading
would say so."""

import doctest
from random import Random

import pytest
from playwright.sync_api import Playwright

from assistant.review.cards import MOST_CALM, Card, above_the_fold
from benchmarks import _klm, review
from benchmarks._planted import KINDS, Kind, calm_run, planted_run
from benchmarks._planted_in_browser import browser_runs


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_are_above_the_fold(kind: Kind) -> None:
    for number in range(8):
        one = planted_run(Random(f"test:{number}"), kind)
        assert review.found(one) and review.is_marked(one), one.plant


def test_unchanged_renewals_have_few_cards_and_a_short_review() -> None:
    for number in range(8):
        top = above_the_fold(calm_run(Random(f"test:{number}"), resumed=number % 2 == 1))
        assert 0 < len(top) <= MOST_CALM
        assert _klm.review(top).seconds <= review.LIMIT_SECONDS


def test_without_the_second_reading_wrong_conversions_would_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.review.card_reasons.says_the_same", lambda step, shown: True)
    runs = [planted_run(Random(f"test:{number}"), "transformation") for number in range(16)]
    assert not all(map(review.found, runs)) and not any(map(review.is_marked, runs))


def test_errors_planted_on_the_real_mock_are_above_the_fold(playwright: Playwright) -> None:
    runs, _ = browser_runs(4, 1, calm=False, driver=playwright)
    assert [one.plant.kind for one in runs] == list(KINDS)
    assert all(review.found(one) and review.is_marked(one) for one in runs)


def test_a_result_that_is_not_as_it_must_be_is_no_success() -> None:
    good: dict[str, object] = {"runs": 4, "above_fold": 4, "max_cards_unchanged": 12, "review_seconds": 90.0}
    assert review.passed(good)
    for worse in ({"above_fold": 3}, {"max_cards_unchanged": 13}, {"review_seconds": 90.1}):
        assert not review.passed(good | worse)


def test_the_estimate_is_the_sum_of_its_operators() -> None:
    tried = doctest.testmod(_klm)
    assert tried.attempted and not tried.failed
    (card,) = calm_run(Random("one"), resumed=True)[:1]
    assert isinstance(card, Card) and card.kind == "identity"
    once = _klm.review([card])
    assert once.deciding == pytest.approx(2 * _klm.MENTAL)
    assert once.hands == pytest.approx(_klm.HOMING + 2 * _klm.KEY)
    right = _klm.review([card], to_put_right=1)
    assert right.seconds - once.seconds == pytest.approx(_klm.MENTAL + 2 * (_klm.POINT + _klm.BUTTON))
    assert _klm.review([card] * 9).hands == pytest.approx(_klm.HOMING + 10 * _klm.KEY + 2 * _klm.SCROLL)
