"""What a check has to say, in words: where, what, why, by which law, how sure that is, and what would put it right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plugin.domain.basis import Basis
from plugin.domain.law.answers import Certainty
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.policy.document import PolicyFault
from plugin.domain.policy.draft import Check
from plugin.domain.policy.lint import Finding, Severity
from plugin.i18n import Catalogue
from plugin.web.admin.policy.controls import Control
from plugin.web.admin.policy.places import is_within, page_of


@dataclass(frozen=True, slots=True)
class Source:
    """A citation with the address of the text, where one is known."""

    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Remark:
    """One fault or finding. `page` is the part of the editor that shows its `field`; `fix` posts the remedy.

    `others` are the same finding as other countries have it (another limit, another certainty): one line stands for all
    of them, `count` is in how many countries, and one remedy mends it for the whole market.
    """

    field: str
    page: str
    title: str
    why: str = ""
    is_error: bool = True
    market: str = ""
    countries: str = ""
    sources: tuple[Source, ...] = ()
    certainty: str = ""
    fix: str = ""
    fix_text: str = ""
    count: int = 0
    others: tuple["Remark", ...] = ()


def remarks(check: Check, words: Catalogue, rulebook: Rulebook) -> tuple[Remark, ...]:
    """Everything the check found, errors first; while the draft is no policy, what is wrong with its fields."""
    faults = tuple(_of_fault(fault, words) for fault in check.faults)
    groups: dict[tuple[str, str], list[tuple[int, Finding]]] = {}
    for at, finding in enumerate(check.findings):
        groups.setdefault((finding.code, finding.field), []).append((at, finding))
    told = tuple(_of_group(group, words, rulebook) for group in groups.values())
    return (*faults, *(each for each in told if each.is_error), *(each for each in told if not each.is_error))


def name_of_fix(at: int, finding: Finding) -> str:
    """What a button posts to have this finding put right."""
    return f"{at}:{finding.code}"


def by_control(said: Iterable[Remark], controls: Sequence[Control]) -> Mapping[str, list[Remark]]:
    """Remarks by the control they belong to; what belongs to none, or to a whole market or rule, is left out."""
    found: dict[str, list[Remark]] = {}
    for remark in said:
        control = None if remark.field == remark.page else _control(remark.field, controls)
        if control is not None:
            found.setdefault(control.path, []).append(remark)
    return found


def _control(field: str, controls: Sequence[Control]) -> Control | None:
    """The control of exactly this place, else the first inside it, else the closest around it."""
    exact = next((each for each in controls if each.path == field or field in each.mirrors), None)
    inside = next((each for each in controls if is_within(each.path, field)), None)
    around = (each for each in controls if is_within(field, each.path))
    return exact or inside or max(around, key=lambda each: len(each.path), default=None)


def _of_fault(fault: PolicyFault, words: Catalogue) -> Remark:
    code = "no_country" if ".countries." in fault.field and fault.code == "malformed" else fault.code
    key = f"policy.fault.{code}"
    text = words.text(key if words.has(key) else "policy.fault.malformed")
    return Remark(fault.field, page_of(fault.field), text)


def _of_group(group: Sequence[tuple[int, Finding]], words: Catalogue, rulebook: Rulebook) -> Remark:
    """The gravest of a group with most countries speaks for it."""
    first, *others = sorted(
        group, key=lambda each: (each[1].severity is not Severity.ERROR, -len(each[1].countries), each[0])
    )
    everywhere = {country for _, finding in group for country in finding.countries}
    beside = tuple(_of_finding(at, finding, words, rulebook) for at, finding in others)
    return replace(_of_finding(*first, words, rulebook), count=len(everywhere), others=beside)


def _of_finding(at: int, found: Finding, words: Catalogue, rulebook: Rulebook) -> Remark:
    facts = {name: int(value) if value.isdecimal() else value for name, value in found.facts}
    key, doubtful = f"lint.{found.code}", found.certainty is not Certainty.VERIFIED
    return Remark(
        field=found.field,
        page=page_of(found.field),
        title=words.text(f"{key}.title", **facts),
        why=words.text(f"{key}.why", **facts),
        is_error=found.severity is Severity.ERROR,
        market=found.market,
        countries=", ".join(words.country(code) for code in found.countries),
        sources=tuple(_source(basis, rulebook) for basis in found.basis),
        certainty=words.text(f"lint.certainty.{found.certainty.value}") if doubtful else "",
        fix=name_of_fix(at, found) if found.fix else "",
        fix_text=words.text(f"{key}.fix", **facts) if found.fix else "",
    )


_MOST_NAMED = 4


def country_names(countries: Sequence[str], words: Catalogue) -> str:
    """Countries by name; of many the first ones and how many more."""
    named = [words.country(code) for code in countries]
    if len(named) <= _MOST_NAMED + 1:
        return ", ".join(named)
    first = ", ".join(named[:_MOST_NAMED])
    return words.text("policy.countries_more", first=first, count=len(named) - _MOST_NAMED)


def _source(basis: Basis, rulebook: Rulebook) -> Source:
    known = rulebook.source(basis.id) if basis.kind == "law" else None
    url = known.url if known else None
    return Source(basis.citation, url if url and url.startswith("https://") else None)
