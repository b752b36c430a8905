"""Orders of the very products that were asked about, and the confirmation their shoppers read."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from plugin.documents.papers import papers
from plugin.domain.clocks.engine import entitlements
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.stored import StoredOrder
from plugin.ports.confirmation import Confirmation, ToConfirm
from tests.build import DELIVERED, a_fulfilment, a_stored_order, an_event, an_order
from tests.drift.markup import paragraphs_of
from tests.drift.surfaces import Question

READ = DELIVERED + timedelta(hours=1)
"""When the confirmation is read: the parcel has come, no time is over."""


def ordered(question: Question) -> StoredOrder:
    """An order of the product, delivered there; of what the page could not know, nothing the rules reward."""
    return a_stored_order(
        an_order(
            country=question.country,
            language=question.language,
            lines=(question.sold.line,),
            fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),),
        )
    )


@cache
def clocks_of(question: Question) -> LineEntitlements:
    """What the engine says of that order."""
    return entitlements(ordered(question), question.store.policy, question.store.law)[0]


@cache
def confirmation(question: Question) -> Confirmation:
    """The confirmation of that order."""
    given = ToConfirm(question.store.shop, ordered(question), question.store.policy, (clocks_of(question),), (), READ)
    return papers(question.store.law, "https://aftercare.example").confirm(given)


def text_part(question: Question) -> list[str]:
    """Its lines as plain text, without the dashes of lists."""
    return [line.removeprefix("- ") for line in confirmation(question).text.splitlines()]


def html_part(question: Question) -> list[str]:
    """Its paragraphs as they stand in a mail of the platform's."""
    return paragraphs_of(confirmation(question).html)


def letter_part(question: Question) -> list[str]:
    """Its paragraphs in the HTML of our own mail."""
    return paragraphs_of(confirmation(question).letter)
