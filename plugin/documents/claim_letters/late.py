"""A withdrawal that came after its time: when that ended and why, by which law, and what becomes of it."""

from collections.abc import Iterator
from datetime import datetime

from plugin.documents.claim_letters.about import About
from plugin.documents.claim_letters.refusal import rests_on
from plugin.documents.mail import Block, Facts, Paragraph
from plugin.domain.basis import Basis
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.entitlement import Clock, Right
from plugin.usecases.quote_entitlements import quote
from plugin.wording.trace import reason_text


def why_late(about: About) -> Iterator[Block]:
    """Each clock that had run out, with its last day and reason; then law and clause, each with the way to its text."""
    claimed = {line.order_line for line in about.lines}
    quoted = quote(about.news.stored, about.news.policy, about.law).lines
    clocks = [line.clock(Right.WITHDRAWAL) for line in quoted if line.line in claimed]
    declared = about.claim.declared_at or about.claim.opened_at
    rows = ((about.text("mail.claim.late_withdrawal.declared"), _day(about, declared)), *_ends(about, clocks))
    yield Facts(tuple(dict.fromkeys(rows)))
    yield from (Paragraph(text) for text in dict.fromkeys(reason_text(clock, about.words) for clock in clocks) if text)
    yield from rests_on(_bases(about, clocks), about)


def is_taken_back(about: About) -> bool:
    """Whether the shop's own, longer promise takes the goods back all the same."""
    return about.claim.withdrawal not in {WithdrawalState.LATE, WithdrawalState.CONTESTED}


def _day(about: About, at: datetime) -> str:
    return about.words.day(about.day(at))


def _ends(about: About, clocks: list[Clock]) -> Iterator[tuple[str, str]]:
    for clock in clocks:
        if clock.shown_last_day is not None:
            yield about.text("mail.claim.late_withdrawal.last_day"), about.words.day(clock.shown_last_day)


def _bases(about: About, clocks: list[Clock]) -> tuple[Basis, ...]:
    """What the period rests on; and the promise that is longer, where that takes the goods back."""
    promised = (basis for line in about.lines for basis in line.judged.basis) if is_taken_back(about) else ()
    return tuple(dict.fromkeys((*(basis for clock in clocks for basis in clock.basis), *promised)))
