"""Prepared answers: sent again as they are, for a few seconds, and never too many of them."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
import pytest

from plugin.web.storefront.prepared import AnswerCache, Prepared, prepare
from tests.support.storefront import policy

ANSWER = prepare(policy(), "public, max-age=60")
OTHER = prepare(msgspec.structs.replace(policy(), summary="Another promise"), "public, max-age=60")


class Ticks:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def key(number: int) -> tuple[str, str]:
    return ("shop", f"country={number}")


def test_equal_answers_have_equal_strong_tags_and_others_do_not() -> None:
    assert prepare(policy(), "public, max-age=60").tag == ANSWER.tag
    assert OTHER.tag != ANSWER.tag
    assert ANSWER.tag.startswith('"')


@pytest.mark.parametrize("known", [ANSWER.tag, f'"old", {ANSWER.tag}', f"W/{ANSWER.tag}", "*"])
def test_a_known_answer_is_not_sent_again(known: str) -> None:
    response = ANSWER.response(known)
    assert (response.status_code, response.data) == (HTTPStatus.NOT_MODIFIED, b"")
    assert response.headers["ETag"] == ANSWER.tag
    assert response.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("known", [None, "", OTHER.tag])
def test_an_unknown_answer_is_sent_whole(known: str | None) -> None:
    response = ANSWER.response(known)
    assert response.status_code == HTTPStatus.OK
    assert msgspec.json.decode(response.data, type=type(policy())) == policy()
    assert response.headers["Content-Language"] == "en"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_an_answer_is_kept_until_its_time_is_up() -> None:
    ticks = Ticks()
    cache = AnswerCache(5.0, 10, ticks)
    cache.put(key(1), ANSWER)
    ticks.at += 4.9
    assert cache.get(key(1)) is ANSWER
    ticks.at += 0.1
    assert cache.get(key(1)) is None


def test_another_spelling_of_the_question_gets_the_answer_for_no_longer() -> None:
    ticks = Ticks()
    cache = AnswerCache(5.0, 10, ticks)
    cache.put(key(1), ANSWER)
    ticks.at += 4.0
    assert cache.alias(key(2), key(1)) is ANSWER
    ticks.at += 1.0
    assert cache.get(key(2)) is None
    assert cache.alias(key(3), key(1)) is None


def test_the_oldest_answer_leaves_first_and_the_cache_never_grows_past_its_size() -> None:
    cache = AnswerCache(5.0, 3, Ticks())
    for number in range(50):
        cache.put(key(number), ANSWER)
    kept = [number for number in range(50) if cache.get(key(number))]
    assert kept == [47, 48, 49]


def test_a_newer_answer_takes_the_place_of_the_old_one() -> None:
    cache = AnswerCache(5.0, 3, Ticks())
    cache.put(key(1), ANSWER)
    cache.put(key(1), OTHER)
    found = cache.get(key(1))
    assert isinstance(found, Prepared)
    assert found.tag == OTHER.tag
