"""What every carrier's adapter promises, whoever it asks; each adapter's tests are these and its own.

A test module gives a `desk`, and a class of its own below `CarrierContract`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

import pytest
from requests import Session

from integrations.guarded_http import open_session
from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.timeline import timeline_of
from plugin.ports.carrier import AskedParcel, CarrierKind, CarrierSource, Told
from plugin.ports.errors import Rejected, Unavailable, Unreadable
from tests.support.carriers.server import CarrierServer, Reply

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
WRONG: tuple[object, ...] = (None, [], {}, "x", 7, True, "\ud800\x00", -1)
"""What stands in an answer where something else should."""


@cache
def impatient_session() -> Session:
    """One for all tests: reading the system's certificates takes longer than most of them."""
    return open_session(allows_private=True, timeouts=(0.3, 0.3))


@dataclass(slots=True)
class CarrierDesk:
    """One adapter before one fake service that knows `delivered`, and nothing of any other number.

    `stranger` asks with a key that is not the account's. The session's time-outs are short.
    """

    kind: CarrierKind
    source: CarrierSource
    stranger: CarrierSource
    server: CarrierServer
    delivered: AskedParcel
    unknown: AskedParcel = field(default_factory=lambda: AskedParcel("ZZ000000005ZZ", is_registered=True))

    def ask(self) -> Told:
        """What is told of the parcel it knows."""
        (told,) = self.source.ask([self.delivered], NOW)
        return told


class CarrierContract:
    """The promises."""

    def test_a_known_parcel_s_way_is_told_to_its_delivery(self, desk: CarrierDesk) -> None:
        told = desk.ask()
        assert told.number == desk.delivered.number
        assert told.is_known
        assert told.carrier
        timeline = timeline_of(told.reports, told.origin, told.destination)
        assert timeline.status is DeliveryStatus.DELIVERED
        assert timeline.delivered
        assert timeline.delivered.source is Source.CARRIER
        assert DeliveryStatus.IN_TRANSIT in {step.status for step in timeline.steps}

    def test_every_report_says_who_told_it_when_and_word_for_word(self, desk: CarrierDesk) -> None:
        for report in desk.ask().reports:
            assert report.source is Source.CARRIER
            assert report.heard_at == NOW
            assert report.raw
            assert report.status is not DeliveryStatus.UNKNOWN

    def test_the_same_question_gets_the_same_timeline(self, desk: CarrierDesk) -> None:
        once, again = desk.ask(), desk.source.ask([desk.delivered], NOW + timedelta(hours=1))[0]
        both = timeline_of((*once.reports, *again.reports), once.origin, once.destination)
        assert both.steps
        assert len(both.steps) == len(timeline_of(once.reports, once.origin, once.destination).steps)

    def test_a_number_nobody_knows_is_told_as_such_beside_one_that_is(self, desk: CarrierDesk) -> None:
        asked = [desk.unknown, desk.delivered][-desk.kind.batch :]
        assert [(told.number, told.is_known) for told in desk.source.ask(asked, NOW)] == [
            (each.number, each is desk.delivered) for each in asked
        ]
        (told,) = desk.source.ask([desk.unknown], NOW)
        assert (told.is_known, told.reports, told.carrier) == (False, (), None)

    def test_keys_that_do_not_work_are_said_to_be_wrong(self, desk: CarrierDesk) -> None:
        with pytest.raises(Rejected, match=r"^bad_keys$"):
            desk.stranger.ask([desk.delivered], NOW)

    def test_a_service_that_stalls_is_left_in_time(self, desk: CarrierDesk) -> None:
        desk.server.fail(Reply(stalls=True))
        with pytest.raises(Unavailable):
            desk.ask()
        assert desk.ask().is_known

    @pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
    def test_a_service_that_fails_is_asked_again_later(self, desk: CarrierDesk, status: int) -> None:
        desk.server.fail(Reply(status, b"<html>sorry</html>"))
        with pytest.raises(Unavailable) as caught:
            desk.ask()
        assert caught.value.retry_after is None
        assert desk.ask().is_known

    @pytest.mark.parametrize("told", ["37", format_datetime(NOW + timedelta(seconds=37), usegmt=True)])
    def test_who_asks_too_often_hears_for_how_long_to_wait(self, desk: CarrierDesk, told: str) -> None:
        desk.server.fail(Reply(429, b"{}", (("Retry-After", told),)))
        with pytest.raises(Unavailable, match=r"^rate_limited$") as caught:
            desk.ask()
        assert caught.value.retry_after == 37

    @pytest.mark.parametrize(
        "body", [b"", b"<html>", b'{"data":', b"\xff\xfe", b"[1", b"[" * 100_000, b'"words"', b"7", b"{}", b"null"]
    )
    def test_what_is_no_answer_is_said_to_be_unreadable(self, desk: CarrierDesk, body: bytes) -> None:
        desk.server.fail(Reply(200, body))
        with pytest.raises((Unreadable, Unavailable)):
            desk.ask()

    def test_an_answer_without_end_is_not_read_to_the_end(self, desk: CarrierDesk) -> None:
        desk.server.twist = lambda answer: json.dumps(answer).encode() + b" " * 9_000_000
        with pytest.raises((Unreadable, Unavailable)):
            desk.ask()

    def test_an_answer_about_another_number_tells_nothing_of_this_one(self, desk: CarrierDesk) -> None:
        desk.server.twist = lambda answer: _renamed(answer, desk.delivered.number, "RB000000005DE")
        try:
            (told,) = desk.source.ask([desk.delivered], NOW)
        except (Unavailable, Unreadable):
            return
        assert (told.number, told.is_known, told.reports) == (desk.delivered.number, False, ())

    def test_whatever_stands_in_an_answer_nothing_else_is_raised_or_told(self, desk: CarrierDesk) -> None:
        answers: list[Any] = []
        desk.server.twist = lambda answer: answers.append(answer) or answer
        desk.ask()
        asked = replace(desk.delivered, is_registered=True)
        for turn, twisted in enumerate(each for answer in answers for each in _lies(answer)):
            desk.server.twist = lambda _, lie=twisted: lie  # type: ignore[misc]  # a default binds it now
            try:
                told = desk.source.ask([asked], NOW)
            except (Unavailable, Rejected, Unreadable):
                continue
            assert [each.number for each in told] == [asked.number], turn
            for report in told[0].reports:
                f"{report.message}{report.raw}{report.place}".encode()

    def test_no_redirect_is_followed(self, desk: CarrierDesk) -> None:
        desk.server.fail(Reply(302, b"", (("Location", f"{desk.server.address}/elsewhere"),)))
        with pytest.raises((Unavailable, Unreadable)):
            desk.ask()
        assert "/elsewhere" not in {request.path for request in desk.server.asked}


def _renamed(answer: object, number: str, other: str) -> object:
    """The answer as if it were about another number."""
    if isinstance(answer, dict):
        return {name: _renamed(value, number, other) for name, value in answer.items()}
    if isinstance(answer, list):
        return [_renamed(value, number, other) for value in answer]
    return other if answer == number else answer


def _lies(answer: object) -> Iterator[object]:
    """The answer with one thing wrong in it: each field left out, and each in turn of another type."""
    for turn, path in enumerate(_paths(answer)):
        for lie in (WRONG[turn % len(WRONG)], None):
            twisted = deepcopy(answer)
            inner: Any = twisted
            for step in path[:-1]:
                inner = inner[step]
            if lie is None and isinstance(inner, dict):
                del inner[path[-1]]
            else:
                inner[path[-1]] = lie
            yield twisted


def _paths(value: object, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield (*before, step)
        yield from _paths(each, (*before, step))
