"""So many attempts in a span of time, and after it again as many."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.attempts import Limit, TooManyAttempts
from tests.build import NOW

LIMIT = Limit(3, timedelta(minutes=10))
seconds = st.integers(min_value=0, max_value=10**8)


@given(seconds)
def test_every_instant_is_in_a_span_that_began_no_longer_ago_than_it_lasts(after: int) -> None:
    now = NOW + timedelta(seconds=after)
    slot = LIMIT.slot(now)
    assert slot <= now < slot + LIMIT.span
    assert LIMIT.slot(slot) == slot


@given(seconds)
def test_whoever_waits_as_long_as_told_is_in_another_span(after: int) -> None:
    now = NOW + timedelta(seconds=after)
    LIMIT.check(3, now)
    with pytest.raises(TooManyAttempts) as refused:
        LIMIT.check(4, now)
    wait = refused.value.facts["wait"]
    assert isinstance(wait, int)
    assert LIMIT.slot(now + timedelta(seconds=wait)) == LIMIT.slot(now) + LIMIT.span
    assert LIMIT.slot(now + timedelta(seconds=wait - 1)) == LIMIT.slot(now)
