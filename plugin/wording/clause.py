"""A clause by name, for the desk: which promise of which market, and since when it was made; never a version's id."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from plugin.domain.basis import LATER_POLICY, Basis, cited_clause, without_version
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.policy_values import name_text


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A clause as it is called; `version`: the policy version that can be opened to read it, None for anything else."""

    text: str
    version: str | None = None


def name_clause(basis: Basis, versions: Mapping[str, PolicyVersion], zone: str | None, words: Catalogue) -> NamedClause:
    """What a source is called. `zone` (IANA) is where the day is counted on which a version was made; None: UTC.

    The law as it is cited, and as it was typed what somebody typed.
    """
    version, cited = versions.get(basis.id), cited_clause(basis)
    if basis.kind == "law" or version is None:
        return NamedClause(without_version(basis))
    market, rule = cited or ("", basis.citation)
    key = "desk.clause.later" if basis.kind == LATER_POLICY else "desk.clause"
    what, day = _rule_name(version, rule, words), _day(version, zone)
    return NamedClause(words.text(key, what=what, market=market, day=day), version.id)


def _rule_name(version: PolicyVersion, rule: str, words: Catalogue) -> str:
    """The rule by what it is about, with its own name where that says more."""
    rules = (each for market in (version.default, *version.markets) for each in market.rules)
    found = next((each for each in rules if each.id == rule), None)
    if found is None:
        return rule
    track = name_text(found.track, words)
    plain = {found.track.value, f"{found.track.value}s"}
    return track if rule in plain else f"{track}: {rule}"


def _day(version: PolicyVersion, zone: str | None) -> date:
    return version.effective_from.astimezone(ZoneInfo(zone or "UTC")).date()
