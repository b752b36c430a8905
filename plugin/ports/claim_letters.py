"""Letters about a claim to its shopper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import Event
from plugin.domain.claim.letters import LetterDue
from plugin.domain.ids import RefundId
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.returning.label import Label
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.mailer import Mail


@dataclass(frozen=True, slots=True)
class ClaimNews:
    """Which letter is due, and everything that it is made of; `at` is the instant it is made, aware UTC.

    `claim` is as it stands after the act, `events` what the act recorded. `said` has the words of the entries that
    `due.said` names, where they may be read. `policy` is the version the claim was judged by; `labels` are those that
    are, or may become, of use. `token` opens the claim's page, `order_token` the withdrawal function for its order.
    """

    due: LetterDue
    claim: Claim
    said: Mapping[int, str]
    events: tuple[Event, ...]
    stored: StoredOrder
    shop: Shop
    policy: PolicyVersion | None
    refunds: Mapping[RefundId, RefundIntent]
    labels: tuple[Label, ...]
    token: str
    order_token: str
    at: datetime


ClaimLetter = Callable[[ClaimNews], Mail]
"""Words the letter in the claim's language; pure."""
