"""What is put before every lint rule: the policy, the law of each market it serves, and the shop's circumstances."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.lint.circumstances import Circumstances
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion


@dataclass(frozen=True, slots=True)
class Served:
    """One market with the law of its countries; the default market has every country we know that no market names."""

    path: str
    market: MarketPolicy
    places: tuple[Jurisdiction, ...]
    unknown: tuple[str, ...]
    """Countries the rulebook has no law for."""

    def rules(self, *tracks: Track) -> Iterator[tuple[str, Rule]]:
        """The market's rules with their paths, of these tracks or of all."""
        for i, rule in enumerate(self.market.rules):
            if not tracks or rule.track in tracks:
                yield f"{self.path}.rules.{i}", rule

    @property
    def with_withdrawal(self) -> tuple[Jurisdiction, ...]:
        """Where shoppers may withdraw whatever the shop displays or leaves out."""
        return tuple(place for place in self.places if place.withdrawal.exists and not place.withdrawal.condition)


@dataclass(frozen=True)
class Question:
    """A policy to be checked."""

    version: PolicyVersion
    law: Law
    circumstances: Circumstances

    @cached_property
    def markets(self) -> tuple[Served, ...]:
        """The default market, then the others, with their law."""
        named = frozenset(country for market in self.version.markets for country in market.countries)
        known = (code for code in self.law.rulebook.jurisdictions if "-" not in code)  # CA-QC is a part of CA
        rest = frozenset(code for code in known if code not in named)
        others = (self._served(f"markets.{i}", each, each.countries) for i, each in enumerate(self.version.markets))
        return (self._served("default", self.version.default, rest), *others)

    @cached_property
    def document(self) -> dict[str, object]:
        """The policy as a document."""
        return write_policy(self.version)

    def part(self, path: str) -> object:
        """What the document has at this path; raises `LookupError`."""
        found: object = self.document
        for name in path.split("."):
            found = found[int(name)] if isinstance(found, list) else _fields(found)[name]
        return found

    def without(self, path: str, *names: str, **put: object) -> dict[str, object]:
        """The object at this path without these fields, and with others put in."""
        fields = {name: value for name, value in _fields(self.part(path)).items() if name not in names}
        return {**fields, **put}

    def _served(self, path: str, market: MarketPolicy, countries: frozenset[str]) -> Served:
        found = {country: self.law.rulebook.known(country) for country in sorted(countries)}
        places = tuple(place for place in found.values() if place is not None)
        return Served(path, market, places, tuple(country for country, place in found.items() if place is None))


def _fields(part: object) -> dict[str, object]:
    if isinstance(part, dict):
        return part
    raise LookupError(part)
