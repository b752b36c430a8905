"""A score says why, sees a year, and holds nothing against anybody that was not theirs."""

from datetime import timedelta

import pytest

from plugin.domain.claim_engine.abuse import KEPT, Mark, Past, Score, score
from tests.domain.claim_engine.asked import AFTER as NOW


def past(mark: Mark, *days_ago: int) -> list[Past]:
    return [Past(mark, NOW - timedelta(days=days)) for days in days_ago]


def signs(history: list[Past]) -> dict[str, dict[str, str]]:
    return {sign.code: dict(sign.facts) for sign in score(history, NOW).because}


def test_nothing_on_record_is_nothing_unusual() -> None:
    assert score([], NOW) == Score(0)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (past(Mark.CLAIM, 1, 2, 3, 30), {"many_claims": {"count": "4", "days": "30"}}),
        (past(Mark.CLAIM, 1, 2, 3, 31), {}),
        (
            past(Mark.ORDER, *range(5)) + past(Mark.RETURN, 1, 2, 3),
            {"serial_returns": {"count": "3", "orders": "5"}},
        ),
        (past(Mark.ORDER, *range(5)) + past(Mark.RETURN, 1, 2), {}),
        (past(Mark.ORDER, *range(4)) + past(Mark.RETURN, 1, 2, 3, 4), {}),  # of few orders nothing can be told
        (past(Mark.NOT_ARRIVED, 10, 200), {"not_arrived_before": {"count": "2"}}),
        (past(Mark.REFUSED, 10, 200), {"refused_before": {"count": "2"}}),
        (past(Mark.NOT_ARRIVED, 10), {}),
        (past(Mark.EMPTY_BOX, 364), {"empty_box_before": {"count": "1"}}),
        (past(Mark.OTHER_ITEM, 5, 6), {"other_item_before": {"count": "2"}}),
    ],
)
def test_each_sign_is_told_with_its_numbers(history: list[Past], expected: dict[str, dict[str, str]]) -> None:
    assert signs(history) == expected


def test_points_add_up() -> None:
    both = past(Mark.CLAIM, 1, 2, 3, 4) + past(Mark.EMPTY_BOX, 40)
    assert score(both, NOW).points == score(both[:4], NOW).points + score(both[4:], NOW).points > 5


def test_what_is_older_than_a_year_or_yet_to_come_is_not_looked_at() -> None:
    assert score([Past(Mark.EMPTY_BOX, NOW - KEPT)], NOW).points
    assert not score([Past(Mark.EMPTY_BOX, NOW - KEPT - timedelta(seconds=1))], NOW).points
    assert not score(past(Mark.EMPTY_BOX, -1), NOW).points


@pytest.mark.parametrize(
    ("history", "points"),
    [
        (past(Mark.CLAIM, 1, 2, 3, 4), 3),
        (past(Mark.ORDER, *range(5)) + past(Mark.RETURN, 1, 2, 3), 3),
        (past(Mark.NOT_ARRIVED, 1, 2), 3),
        (past(Mark.REFUSED, 1, 2), 3),
        (past(Mark.EMPTY_BOX, 1), 5),
        (past(Mark.OTHER_ITEM, 1), 5),
    ],
)
def test_each_sign_weighs_what_it_says_about_a_shopper(history: list[Past], points: int) -> None:
    assert score(history, NOW).points == points


def test_what_happens_at_this_very_instant_counts_and_thirty_days_ago_to_the_second_too() -> None:
    assert score(past(Mark.EMPTY_BOX, 0), NOW).points == 5
    late = Past(Mark.CLAIM, NOW - timedelta(days=30, seconds=1))
    assert not score([*past(Mark.CLAIM, 0, 1, 2), late], NOW).points


def test_sixty_orders_of_a_hundred_sent_back_are_many_and_just_fewer_are_not() -> None:
    def sent_back(returns: int, orders: int) -> bool:
        return "serial_returns" in signs(past(Mark.ORDER, *[1] * orders) + past(Mark.RETURN, *[1] * returns))

    assert sent_back(60, 100)
    assert not sent_back(59, 99)
