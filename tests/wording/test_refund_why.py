"""Whatever keeps a refund from going through is said in words, with what to do about it."""

from __future__ import annotations

import pytest

from plugin.domain.backoff import UNEXPECTED
from plugin.domain.refund.intent import STOPPED
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.ports.platform_actions import Refusal
from plugin.usecases.execute_refund import UNAVAILABLE
from plugin.wording.stuck import refund_why

OF_EXCHANGES = {Refusal.PRICE_CHANGED}
PARKED_WITH = (*sorted(set(Refusal) - OF_EXCHANGES), UNAVAILABLE, UNEXPECTED, STOPPED)


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_code_a_refund_is_parked_with_has_words_of_its_own(language: str) -> None:
    words = catalogue(language)
    said = [refund_why(code, words) for code in PARKED_WITH]
    assert words.text("stuck.fault.refused") not in said
    assert len(set(said)) == len(PARKED_WITH)


def test_a_code_that_nobody_knows_any_more_is_told_as_a_refusal() -> None:
    assert refund_why("gone", catalogue("en")) == "The platform refused."
