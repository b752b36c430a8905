"""The law's part of the page: withdrawal with its refund, exceptions by confirmed traits, the legal guarantee."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.entitlement import Right
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording import lengths
from plugin.wording.aftersales.parts import Row, Said, cited, mark, row
from plugin.wording.aftersales.scopes import names_text, scope_text
from plugin.wording.badge import badge, guarantee_text
from plugin.wording.names import title

_RIGHT = ("exists", "days", "unit", "starts", "condition")


@dataclass(frozen=True, slots=True)
class LegalRows:
    """What holds by law, whatever the shop promises."""

    withdrawal: tuple[Row, ...]
    guarantee: tuple[Row, ...]
    exceptions: tuple[Row, ...]


def legal_rows(rights: MarketRights, policy: PolicyVersion | None, law: Law, words: Catalogue) -> LegalRows:
    """The law of the rights' country in the badge's sentences, with its sources."""
    place = law.rulebook.known(rights.country)
    return LegalRows(
        withdrawal=_withdrawal(rights, place, law, words),
        guarantee=_guarantee(rights, place, law, words),
        exceptions=tuple(_exceptions(rights.country, policy, place, law, words)),
    )


def _withdrawal(rights: MarketRights, place: Jurisdiction | None, law: Law, words: Catalogue) -> tuple[Row, ...]:
    text = next(line.text for line in badge(rights, words).lines if line.kind == "right")
    block, rulebook = place.withdrawal.block if place else None, law.rulebook
    sources = cited(block, rulebook, *_RIGHT)
    certain = mark(rights.withdrawal_certainty, words) if place else ""
    rows = row(title(Right.WITHDRAWAL, words), text, sources=sources, mark=certain)
    if rights.withdrawal_days is None or not rights.refund_days_by_law:
        return rows
    refund = words.text("badge.refund.by_law", length=lengths.days(rights.refund_days_by_law, words))
    return rows + row(words.text("page.refund"), refund, sources=cited(block, rulebook, "refund_days"))


def _guarantee(rights: MarketRights, place: Jurisdiction | None, law: Law, words: Catalogue) -> tuple[Row, ...]:
    sources = cited(place.guarantee.block, law.rulebook, "kind", "months") if place else ()
    certain = mark(rights.guarantee_certainty, words)
    return row(title(Right.LEGAL_GUARANTEE, words), guarantee_text(rights, words), sources=sources, mark=certain)


def _exceptions(
    country: str, policy: PolicyVersion | None, place: Jurisdiction | None, law: Law, words: Catalogue
) -> Iterator[Row]:
    """Only what the merchant has confirmed, and only where the law of the country makes an exception of it."""
    if policy is None or place is None:
        return
    sources = cited(place.withdrawal.block, law.rulebook, "exceptions")
    for trait in policy.traits:
        text = _excepted(country, trait, policy, law, words) if trait.is_confirmed else ""
        if text:
            filled = _filled(trait, words)
            yield Row(scope_text(trait.scope, words), tuple(Said(each) for each in (filled, text) if each), sources)


def _excepted(country: str, trait: TraitRule, policy: PolicyVersion, law: Law, words: Catalogue) -> str:
    """What the law makes of goods that are surely so; asked of the engine as of goods with no other trait."""
    alone = replace(trait, scope=EVERYTHING, properties=frozenset())
    rights = market_rights(country, replace(policy, traits=(alone,)), law)
    if rights.exception is not None:
        return words.text(f"absent.excepted.{rights.exception.value}")
    if rights.seal is not None:
        return words.text("step.seal_judged_on_return")
    is_digital = trait.trait is Trait.DIGITAL and rights.may_be_excepted
    return words.text("page.exceptions.digital") if is_digital else ""


def _filled(trait: TraitRule, words: Catalogue) -> str:
    if not trait.properties:
        return ""
    return words.text("page.exceptions.property", names=names_text(trait.properties, words))
