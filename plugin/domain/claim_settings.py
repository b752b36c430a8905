"""What a merchant lets agents and rules decide alone, what things cost, and the account that payouts leave from."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from plugin.domain.canned import CannedText
from plugin.domain.carrier_claim import NOTICE_DAYS
from plugin.domain.claim_engine.cost_sheet import NO_COSTS, CostSheet
from plugin.domain.claim_engine.limits import DEFAULT_LIMITS
from plugin.domain.claim_engine.suggestion import TOO_DEAR
from plugin.domain.money import Money
from plugin.domain.policy.terms import Rate
from plugin.domain.refund.payee import BankAccount

_LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class SurveyWish:
    """Whether shoppers are asked, once, if a settled claim was solved; `address`: the shop's own survey (https)."""

    is_on: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimSettings:
    """At most one amount for each currency, because nothing here converts one into another.

    `second_above`: what a decision may cost before a second person has to agree. `goodwill`: what each agent may give
    beyond right and promise in one month. `debtor`: the merchant's own account, for files for their bank. `texts`: what
    agents write often. `costs`: what things cost. `too_dear`: what a way back may cost, in basis points of the price,
    before keeping the goods is offered first. `review_score`: how unusual a shopper's record is that a person looks at.
    `carrier_notice_days`: within how many days of the delivery a carrier is told of damage.
    `survey`: the question after a claim. `vouchers_alone`: whether a code that is given in place of money may be used
    only where no other code is.
    """

    second_above: tuple[Money, ...] = ()
    goodwill: tuple[Money, ...] = ()
    debtor: BankAccount | None = None
    texts: tuple[CannedText, ...] = ()
    costs: CostSheet = NO_COSTS
    too_dear: Rate = TOO_DEAR
    review_score: int = DEFAULT_LIMITS.review_score
    carrier_notice_days: int = NOTICE_DAYS
    survey: SurveyWish = SurveyWish()
    vouchers_alone: bool = False

    def needs_second(self, amount: Money) -> bool:
        """Whether a decision over this amount takes two.

        Where any currency has a limit, an amount in one that has none takes two as well: nobody said that it does not.
        """
        limit = _of(amount.currency, self.second_above)
        return bool(self.second_above) if limit is None else limit < amount

    def goodwill_of_month(self, currency: str) -> Money:
        """What an agent may give in a month; nothing in a currency without a budget."""
        return _of(currency, self.goodwill) or Money.zero(currency)


def is_web_address(text: str) -> bool:
    """Whether a letter may lead there: https, with a host, without a user's name in front of it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_plain = text.isprintable() and " " not in text and len(text) <= _LONGEST_ADDRESS
    return is_plain and parts.scheme == "https" and bool(parts.hostname) and parts.username is None


def _of(currency: str, amounts: Iterable[Money]) -> Money | None:
    return next((amount for amount in amounts if amount.currency == currency), None)
