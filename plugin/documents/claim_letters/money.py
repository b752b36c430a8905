"""What goes back to the shopper: how much, made up of what, by when, which way."""

from collections.abc import Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Paragraph
from plugin.domain.claim.claim import ClaimLine, ClaimRefund
from plugin.domain.claim.vocabulary import Payment
from plugin.domain.money import Money
from plugin.domain.refund.allocation import Allocation, Parts, Side
from plugin.domain.refund.intent import Means, RefundIntent, RefundState

_ON_ITS_WAY = frozenset({RefundState.SENT, RefundState.SETTLED})
_WAITS = {Payment.ON_DISPATCH: "on_dispatch", Payment.ON_RECEIPT: "on_receipt", Payment.AFTER_INSPECTION: "looked_at"}


def money(about: About) -> Iterator[Block]:
    """Each refund with its parts, or what its money waits for."""
    rows = [row for row in about.claim.refunds if row.id in about.news.due.refunds]
    for row in rows:
        yield Facts(tuple(_facts(row, about)))
        yield Paragraph(about.text(f"mail.claim.money.{_state(row, about)}"))
    granted = {no for row in rows for no in row.lines}
    yield from _awaited([line for line in about.lines if line.no not in granted], about)


def needs_payee(about: About) -> bool:
    """Whether money waits for the shopper to say where to."""
    rows = (row for row in about.claim.refunds if row.id in about.news.due.refunds)
    return any(row.state is RefundState.NEEDS_SHOPPER_DATA for row in rows)


def _facts(row: ClaimRefund, about: About) -> Iterator[tuple[str, str]]:
    intent = about.news.refunds.get(row.id)
    yield about.words.text("page.refund"), about.amount(row.total)
    if intent is not None:
        yield from _breakdown(intent, about)
    kept = [line.plan.fee for line in about.claim.lines if line.no in row.lines and line.plan and line.plan.fee]
    if kept:
        yield about.text("mail.claim.money.kept"), about.amount(sum(kept, Money.zero(row.total.currency)))
    if row.state in _ON_ITS_WAY:
        yield about.text("mail.claim.money.sent_on"), about.words.day(about.day(about.news.at))
    elif row.due_at is not None:
        yield about.text("mail.claim.money.due"), about.last_day(row.due_at)


def _breakdown(intent: RefundIntent, about: About) -> Iterator[tuple[str, str]]:
    """Its parts where there is more than one, tax included in each."""
    currency = intent.total.presentment.currency
    parts = [_parts(each) for each in intent.allocations]
    sums = {
        "goods": sum(part.goods for part in parts),
        "delivery": sum(part.shipping + part.shipping_tax for part in parts),
        "other": sum(part.duty for part in parts),
    }
    named = {name: Money(minor, currency) for name, minor in sums.items() if minor}
    if len(named) > 1:
        yield from ((about.text(f"mail.claim.money.{name}"), about.amount(part)) for name, part in named.items())


def _parts(allocation: Allocation) -> Parts:
    return allocation.parts(Side.PRESENTMENT)


def _state(row: ClaimRefund, about: About) -> str:
    intent = about.news.refunds.get(row.id)
    if row.state is RefundState.NEEDS_SHOPPER_DATA:
        return "payee"
    if row.state in _ON_ITS_WAY:
        return "paid_out" if intent is not None and intent.means is Means.PAYOUT else "on_its_way"
    return "granted"


def _awaited(lines: list[ClaimLine], about: About) -> Iterator[Block]:
    """What was agreed and not granted yet: what the goods cost, and what the money waits for."""
    for payment, key in _WAITS.items():
        held = [line for line in lines if line.plan and line.plan.payment is payment and line.plan.needs_goods]
        if held:
            prices = [line.judged.price for line in held]
            rows = [(about.text("mail.claim.money.price"), about.amount(sum(prices[1:], prices[0])))]
            kept = [line.plan.fee for line in held if line.plan and line.plan.fee]
            if kept:
                rows.append((about.text("mail.claim.money.kept"), about.amount(sum(kept[1:], kept[0]))))
            yield Facts(tuple(rows))
            yield Paragraph(about.text(f"mail.claim.money.{key}"))
