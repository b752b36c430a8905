"""What was given beyond right and promise: a voucher with its code, or a gift."""

from collections.abc import Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Quote
from plugin.domain.claim.events import GoodwillGranted, GoodwillMoved
from plugin.domain.claim.goodwill import MONEY, VOUCHER
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.money import Money


def given(about: About) -> Iterator[Block]:
    """Each thing in a row, then what the agent wrote with it."""
    yield Facts(tuple(_rows(about)))
    for seq in about.news.due.said:
        if seq in about.news.said:
            yield Quote(about.news.said[seq], about.news.shop.name)


def _rows(about: About) -> Iterator[tuple[str, str]]:
    """A voucher's code and worth, or what is sent; what a gift cost the shop is not told."""
    for kind, detail, amount in _given(about):
        if detail:
            yield about.text(f"mail.claim.goodwill.{kind}"), detail
        if kind == VOUCHER:
            yield about.text("mail.claim.goodwill.worth"), about.amount(amount)


def _given(about: About) -> Iterator[tuple[str, str | None, Money]]:
    for event in about.news.events:
        if isinstance(event, GoodwillGranted) and event.kind != MONEY:
            yield event.kind, event.detail, event.amount
        if isinstance(event, GoodwillMoved) and event.to is GoodwillState.SENT:
            known = about.claim.goodwill_of(event.no)
            yield known.kind, known.detail, known.amount
