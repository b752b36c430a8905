"""What a decision rests on, for its shopper: the law as it is cited, the shop's own clause by its name, both linked."""

from dataclasses import dataclass

from plugin.domain.basis import Basis, cited_clause
from plugin.domain.entitlement import Right
from plugin.domain.law.errors import UnknownSource
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.parts import Cited
from plugin.wording.names import title
from plugin.wording.trace import source_text

_LAW = "law"
_RIGHTS = {
    Track.WITHDRAWAL: Right.WITHDRAWAL,
    Track.RETURN: Right.SHOP_RETURN,
    Track.EXCHANGE: Right.EXCHANGE,
    Track.WARRANTY: Right.COMMERCIAL_WARRANTY,
}


def rule_anchor(rule: str) -> str:
    """The id of the place on the after-sales page where a rule of the policy is told."""
    return f"rule-{rule}"


@dataclass(frozen=True, slots=True)
class Clauses:
    """Words clauses in one language. `policy`: the version that decided.

    `page`: the address of the after-sales page for the shopper's country, None where the country is unknown.
    """

    words: Catalogue
    rulebook: Rulebook
    policy: PolicyVersion | None
    page: str | None

    def cited(self, basis: Basis) -> Cited:
        """The clause with the way to its text; what has no official address is named and not linked."""
        return self._law(basis) if basis.kind == _LAW else self._own(basis)

    def _law(self, basis: Basis) -> Cited:
        try:
            return Cited(basis.citation, self.rulebook.source(basis.id).official_url)
        except UnknownSource:
            return Cited(basis.citation, None)

    def _own(self, basis: Basis) -> Cited:
        """A rule is called by what it is about: its id means nothing to a shopper. Words somebody typed are kept."""
        source, cited = source_text(basis, self.words), cited_clause(basis)
        if cited is None:
            return Cited(f"{source}: {basis.citation}", self._place("policy"))
        _, rule = cited
        name = self._name(rule)
        return Cited(f"{source}: {name}" if name else source, self._place(rule_anchor(rule)))

    def _name(self, rule: str) -> str | None:
        markets = (*self.policy.markets, self.policy.default) if self.policy else ()
        track = next((each.track for market in markets for each in market.rules if each.id == rule), None)
        return title(_RIGHTS[track], self.words) if track else None

    def _place(self, anchor: str) -> str | None:
        return f"{self.page}#{anchor}" if self.page else None
