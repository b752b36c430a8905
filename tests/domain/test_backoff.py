from datetime import timedelta

from plugin.domain.backoff import attempt_key, next_attempt
from tests.build import NOW


def test_each_wait_is_twice_the_last_up_to_an_hour_and_the_ninth_failure_parks() -> None:
    due = [next_attempt(attempts, NOW) for attempts in range(1, 10)]
    waits = [at - NOW for at in due if at is not None]
    assert waits == [timedelta(seconds=30 * 2**n) for n in range(7)] + [timedelta(hours=1)]
    assert due[-1] is None


def test_an_attempt_that_is_not_made_gets_a_job_of_its_own_every_hour() -> None:
    keys = [attempt_key("label1", NOW, NOW + timedelta(minutes=minutes)) for minutes in (-5, 0, 59, 60, 119, 120)]
    assert keys[0] == keys[1] == keys[2] != keys[3] == keys[4] != keys[5]
    assert attempt_key("label1", NOW, NOW) != attempt_key("label1", NOW + timedelta(seconds=30), NOW)
