"""How often a platform that does not answer is asked again, and what is left when it is given up on."""

from __future__ import annotations

from datetime import UTC, datetime

from plugin.domain.ids import ClaimId, OrderId
from plugin.domain.returning.kept_return import UNAVAILABLE, KeptReturn

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def parked(kept: KeptReturn) -> tuple[KeptReturn, int]:
    """The row once nobody tries any more, and how many attempts it took."""
    for tries in range(1, 99):
        kept = kept.begun(kept.due_at or NOW).postponed(("55",), 4, NOW)
        if kept.due_at is None:
            return kept, tries
    raise AssertionError(kept)


def test_each_change_of_a_claim_is_tried_as_often_as_the_first() -> None:
    kept, tries = parked(KeptReturn(ClaimId("claim1"), OrderId("order1")))
    assert (kept.code, kept.seen, kept.returns, kept.leased_until) == (UNAVAILABLE, 4, ("55",), None)
    assert parked(kept)[1] == tries > 1


def test_what_was_given_up_on_counts_as_said_in_no_state() -> None:
    said = KeptReturn(ClaimId("claim1"), OrderId("order1")).done(3, "digest", ())
    assert parked(said)[0].said == ""
