"""No surface says anything else than the engine decides: fifty products, ten countries, three languages by turns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.drift.engine import expected
from tests.drift.shop import COUNTRIES, LANGUAGES, NUMBER, Store, store
from tests.drift.surfaces import SURFACES, Question, questions_of
from tests.support.sizes import is_long

SEED = 4
pytestmark = pytest.mark.draws  # the full size asks in every language


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("drift")
    with store(SEED, home / "home") as filled:
        yield filled


@pytest.fixture(scope="module")
def questions(filled: Store) -> list[Question]:
    return questions_of(filled)


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_says_what_the_engine_says(surface: str, questions: list[Question]) -> None:
    for question in questions:
        for part, said in SURFACES[surface](question).items():
            wanted = expected(question, part)
            assert said == wanted, (surface, part, question.sold.product, question.country, question.language)


def test_the_questions_are_as_many_and_as_different_as_they_should_be(questions: list[Question]) -> None:
    """A policy that says the same everywhere would hide what drifts."""
    assert {(each.country, each.language) for each in questions} == set(product(COUNTRIES, LANGUAGES))
    assert len(questions) == NUMBER * len(COUNTRIES) * (len(LANGUAGES) if is_long() else 1)
    told = {part: {str(expected(question, part)) for question in questions} for part in ("lines", "banner", "promises")}
    assert len(told["lines"]) > 150
    assert len(told["promises"]) > 70
    assert len(told["banner"]) > 10
    assert None in {expected(question, "banner") for question in questions}
