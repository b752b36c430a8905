"""Kinds of goods that the catalogue suggests, each with what it rests on; a click confirms or dismisses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import msgspec

from plugin.domain.decoding import convert
from plugin.domain.policy.edit import Change
from plugin.domain.policy.suggestions import Ground, Suggestion
from plugin.domain.policy.traits import TraitRule
from plugin.i18n import Catalogue
from plugin.usecases.suggest_traits import suggest_traits
from plugin.web.admin.auth import presence
from plugin.web.admin.policy.entries import unique
from plugin.web.admin.policy.places import entries_of, listed
from plugin.web.deps import deps

TRAITS = "traits"
_EXAMPLES = 3
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Offered:
    """A suggestion in words; `key` is what its buttons post, `titles` all it means where there are more `examples`."""

    key: str
    trait: str
    ground: str
    examples: str
    titles: tuple[str, ...]


def suggested(document: Mapping[str, object]) -> tuple[Suggestion, ...]:
    """What the catalogue suggests beside what the draft has decided."""
    return suggest_traits(_decided(document), merchant=presence().merchant, views=deps().views)


def offered(found: Sequence[Suggestion], words: Catalogue) -> tuple[Offered, ...]:
    """The suggestions in words."""
    return tuple(
        Offered(each.key, words.text(f"policy.value.trait.{each.trait.value}"), _ground(each, words), *_titles(each))
        for each in found
    )


def decision(document: Mapping[str, object], key: str, *, is_confirmed: bool) -> Change | None:
    """The rule that decides the suggestion of this key; None when it is suggested no more."""
    found = next((each for each in suggested(document) if each.key == key), None)
    if found is None:
        return None
    taken = {each.get("id") for each in entries_of(document, TRAITS)}
    name = unique("-".join((found.trait.value, *found.names[:1])), taken)
    said = {"is_confirmed": True} if is_confirmed else {"is_dismissed": True}
    entry = {"id": name, "trait": found.trait.value, **found.meant, **said}
    return Change.insert(f"{TRAITS}.{len(listed(document, TRAITS))}", entry)


def dismissed(document: Mapping[str, object], words: Catalogue) -> list[tuple[str, str]]:
    """The place of every dismissed suggestion, and what it was about."""
    return [
        (f"{TRAITS}.{at}", f"{words.text(key) if words.has(key) else key}: {_meant(entry)}")
        for at, entry in enumerate(listed(document, TRAITS))
        if isinstance(entry, Mapping) and entry.get("is_dismissed") is True
        for key in [f"policy.value.trait.{entry.get('trait')}"]
    ]


def _meant(entry: Mapping[str, object]) -> str:
    """The names a rule is about, one after the other."""
    scope = entry.get("scope")
    lists = [entry.get("properties"), *(scope.values() if isinstance(scope, Mapping) else ())]
    return ", ".join(unquote(str(name)) for each in lists if isinstance(each, list) for name in each)


def _decided(document: Mapping[str, object]) -> list[TraitRule]:
    """The rules that can be read; one that cannot decides nothing yet."""
    rules = []
    for entry in entries_of(document, TRAITS):
        try:
            rules.append(convert(entry, TraitRule))
        except msgspec.ValidationError:
            continue
    return rules


def _ground(suggestion: Suggestion, words: Catalogue) -> str:
    """On what it rests: the category by its name, how many products or orders."""
    names = ", ".join(unquote(name) for name in suggestion.names) if suggestion.ground is not Ground.PRODUCTS else ""
    return words.text(f"policy.suggested.{suggestion.ground.value}", name=names, count=suggestion.count)


def _titles(suggestion: Suggestion) -> tuple[str, tuple[str, ...]]:
    """The first products' names in a line, and all of them where there are more."""
    first, is_more = suggestion.titles[:_EXAMPLES], len(suggestion.titles) > _EXAMPLES
    return _BETWEEN.join(first) + (" …" if is_more else ""), suggestion.titles if is_more else ()
