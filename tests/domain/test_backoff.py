from datetime import timedelta

from plugin.domain.backoff import next_attempt
from tests.build import NOW


def test_each_wait_is_twice_the_last_up_to_an_hour_and_the_ninth_failure_parks() -> None:
    due = [next_attempt(attempts, NOW) for attempts in range(1, 10)]
    waits = [at - NOW for at in due if at is not None]
    assert waits == [timedelta(seconds=30 * 2**n) for n in range(7)] + [timedelta(hours=1)]
    assert due[-1] is None
