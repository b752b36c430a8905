"""What was given beyond right and promise: a voucher with its code, or a gift."""

from collections.abc import Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Quote
from plugin.domain.claim.events import GoodwillGranted, GoodwillMoved
from plugin.domain.claim.goodwill import MONEY, VOUCHER, Goodwill
from plugin.domain.claim.machines.goodwill import GoodwillState


def given(about: About) -> Iterator[Block]:
    """Each thing in a row, then what the agent wrote with it."""
    yield Facts(tuple(_rows(about)))
    for seq in about.news.due.said:
        if seq in about.news.said:
            yield Quote(about.news.said[seq], about.news.shop.name)


def _rows(about: About) -> Iterator[tuple[str, str]]:
    """A voucher's code, or that it is on the account, and its worth, or what is sent; not what a gift cost the shop."""
    for given, is_made in _given(about):
        if given.detail:
            yield about.text(f"mail.claim.goodwill.{given.kind}"), given.detail
        elif is_made:
            yield about.text("page.remedy.store_credit"), about.text("mail.claim.goodwill.on_account")
        if given.kind == VOUCHER:
            yield about.text("mail.claim.goodwill.worth"), about.amount(given.amount)


def _given(about: About) -> Iterator[tuple[GoodwillGranted | Goodwill, bool]]:
    """Each with whether the platform has made it."""
    for event in about.news.events:
        if isinstance(event, GoodwillGranted) and event.kind != MONEY:
            yield event, False
        if isinstance(event, GoodwillMoved) and event.to is GoodwillState.SENT:
            yield about.claim.goodwill_of(event.no), True
