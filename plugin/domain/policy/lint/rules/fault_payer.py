"""What the seller or the carrier did wrong costs a shopper nothing, for as long as the law holds the seller liable."""

from collections.abc import Iterator

from plugin.domain.law.answers import Certainty
from plugin.domain.law.jurisdiction import GuaranteeKind, Jurisdiction
from plugin.domain.policy.lint.eu_duties import FREE_REMEDY, RISK_IN_TRANSIT, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings
from plugin.domain.policy.lint.question import Question, Served
from plugin.domain.policy.terms import Fault, Payer

CODE = "fault_payer"
_NOT_THE_SELLERS = frozenset({GuaranteeKind.IMPLIED_WARRANTY})
"""Where contract and state law decide (United States), nothing is said."""


def find(question: Question) -> Iterator[Finding]:
    """Shopper-paid returns of what the seller or carrier got wrong (Dir. (EU) 2019/771 art. 14(1), 2011/83/EU art. 20).

    Outside EU and EEA the data say that a seller is liable, not who pays the way back: a warning there.
    """
    for served in question.markets:
        for at, rule in served.rules():
            for fault in (Fault.SELLER, Fault.CARRIER):
                if rule.payers.of(fault) is not Payer.SHOPPER:
                    continue
                fix = Fix(f"{at}.payers.{fault.value}", Payer.SHOP.value)
                found = Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=rule.id, fix=fix)
                yield from findings(question, _grounds(question, served, fault), found)


def _grounds(question: Question, served: Served, fault: Fault) -> Iterator[Ground]:
    duty = RISK_IN_TRANSIT if fault is Fault.CARRIER else FREE_REMEDY
    by_eu_law = {each.country: each for each in bound(duty, served.places, question.circumstances.today)}
    for place in served.places:
        if place.guarantee.kind not in _NOT_THE_SELLERS:
            yield by_eu_law.get(place.code) or _unconfirmed(place)


def _unconfirmed(place: Jurisdiction) -> Ground:
    return Ground(place.code, place.guarantee.block.sources("kind"), Certainty.UNVERIFIED)
