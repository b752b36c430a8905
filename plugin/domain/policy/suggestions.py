"""Which goods may have a trait, read from what a shop calls them; a suggestion has no effect until it is confirmed.

Careful on purpose: a right exists until the merchant says otherwise, so a trait that nobody suggests costs nothing, and
a silly one only a click. A category, tag or collection is suggested as a whole where its name says the trait and none
of its products says otherwise; products of other categories by their own names; line properties by theirs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from plugin.domain.policy.scope import EVERYTHING, Item, Scope, folded, matches
from plugin.domain.policy.trait_words import Wordlist, hints_at_any, plain, wordlists
from plugin.domain.policy.traits import Trait, TraitRule

_MOST_PRODUCTS = 200
"""Named by one suggestion; more of them are suggested once these are decided."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A product as far as names tell what it is; `is_physical` and `is_download` None: nobody says."""

    id: str
    title: str
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    sku: str | None = None
    is_physical: bool | None = None
    is_download: bool | None = None

    @property
    def item(self) -> Item:
        """The product as rules see it."""
        return Item(self.id, self.sku, self.categories, self.collections, self.tags)


class Ground(StrEnum):
    """What says the trait; the names are fields of a scope, but for line properties."""

    CATEGORIES = "categories"
    TAGS = "tags"
    COLLECTIONS = "collections"
    PRODUCTS = "products"
    PROPERTIES = "properties"


_TERMS = (Ground.CATEGORIES, Ground.TAGS, Ground.COLLECTIONS)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Goods that may have the trait: those with these `names` on this ground; `titles` are what they are called.

    `titles` are all of them, but for very many under one term. `count` is how many products are meant; of a line
    property, how many of the latest orders have it.
    """

    trait: Trait
    ground: Ground
    names: tuple[str, ...]
    titles: tuple[str, ...]
    count: int

    @property
    def key(self) -> str:
        """The same as long as the same is suggested."""
        told = "\0".join((self.trait, self.ground, *self.names))
        return f"{self.trait.value}-{self.ground.value}-{sha256(told.encode()).hexdigest()[:12]}"

    @property
    def meant(self) -> Mapping[str, object]:
        """What a rule of the document says to mean exactly these."""
        names = list(self.names)
        return {"properties": names} if self.ground is Ground.PROPERTIES else {"scope": {self.ground.value: names}}


def suggestions(
    products: Iterable[Sold], properties: Mapping[str, int], decided: Sequence[TraitRule]
) -> tuple[Suggestion, ...]:
    """What the names suggest and no rule that is confirmed or dismissed has decided; by trait, in the order of `Trait`.

    `properties` are names of line properties and how many orders have them. Variations are no products here.
    """
    shelf = _Shelf()
    for sold in products:
        shelf.put(sold)
    rules = [rule for rule in decided if rule.is_confirmed or rule.is_dismissed]
    return tuple(
        suggestion
        for trait, words in wordlists().items()
        for suggestion in _of_trait(words, shelf, properties, [rule for rule in rules if rule.trait is trait], trait)
    )


@dataclass(slots=True)
class _Shelf:
    """The products, and what stands under each category, tag and collection."""

    hinting: list[Sold] = field(default_factory=list)
    """Those whose names may say something; the trait is still to be found."""
    terms: dict[tuple[Ground, str], list[Sold]] = field(default_factory=dict)

    def put(self, sold: Sold) -> None:
        if sold.is_download or hints_at_any(plain(sold.title)):
            self.hinting.append(sold)
        for ground in _TERMS:
            for name in getattr(sold, ground.value):
                self.terms.setdefault((ground, name), []).append(sold)


def _of_trait(
    words: Wordlist, shelf: _Shelf, properties: Mapping[str, int], rules: Sequence[TraitRule], trait: Trait
) -> Iterator[Suggestion]:
    told: set[str] = set()
    for (ground, name), sold in sorted(shelf.terms.items(), key=_broadest_first):
        if not told.issuperset(each.id for each in sold) and words.is_term(plain(name)) and _agree(sold, words):
            told.update(each.id for each in sold)
            if not _is_decided(ground, name, rules) and _undecided(sold, rules):
                yield _suggestion(trait, ground, (name,), sold)
    named = [each for each in shelf.hinting if each.id not in told and _is_named(each, words)]
    if left := _undecided(named, rules)[:_MOST_PRODUCTS]:
        yield _suggestion(trait, Ground.PRODUCTS, tuple(sorted(each.id for each in left)), left)
    for name, count in sorted(properties.items()):
        if words.properties.search(plain(name)) and not _is_property_decided(name, rules):
            yield Suggestion(trait, Ground.PROPERTIES, (name,), (), count)


def _broadest_first(entry: tuple[tuple[Ground, str], list[Sold]]) -> tuple[int, str, str]:
    (ground, name), sold = entry
    return -len(sold), ground, name


def _suggestion(trait: Trait, ground: Ground, names: tuple[str, ...], sold: Sequence[Sold]) -> Suggestion:
    titles = tuple(each.title for each in sold[:_MOST_PRODUCTS])
    return Suggestion(trait, ground, names, titles, len(sold))


def _is_named(sold: Sold, words: Wordlist) -> bool:
    """Whether the name says it; of what is nothing but files to download, that it is no gift card or service."""
    if not _may_be(sold, words):
        return False
    name = plain(sold.title)
    return words.is_name(name) or (
        words.is_physical is False and bool(sold.is_download) and not words.is_silenced(name)
    )


def _may_be(sold: Sold, words: Wordlist) -> bool:
    """Digital content is nothing that is delivered, and surely not; everything else may be until it is said not to."""
    if words.is_physical is False:
        return sold.is_physical is False
    return words.is_physical is None or sold.is_physical is not False


def _agree(sold: Sequence[Sold], words: Wordlist) -> bool:
    """Whether nothing under a term says otherwise."""
    return all(_may_be(each, words) and not words.is_silenced(plain(each.title)) for each in sold)


def _undecided(sold: Sequence[Sold], rules: Sequence[TraitRule]) -> list[Sold]:
    """The products no rule decides, whatever is typed in when they are ordered."""
    whole = [rule.scope for rule in rules if not rule.properties]
    return [each for each in sold if not any(matches(scope, each.item) for scope in whole)]


def _is_decided(ground: Ground, name: str, rules: Sequence[TraitRule]) -> bool:
    """Whether a rule is about exactly this term, whatever stands under it now."""
    return any(
        _is_about(rule.scope, ground) and folded(frozenset({name})) <= folded(getattr(rule.scope, ground.value))
        for rule in rules
        if not rule.properties
    )


def _is_about(scope: Scope, ground: Ground) -> bool:
    """Whether it names nothing else."""
    return scope == replace(EVERYTHING, **{ground.value: getattr(scope, ground.value)})


def _is_property_decided(name: str, rules: Sequence[TraitRule]) -> bool:
    known = folded(frozenset(each for rule in rules if rule.scope.is_everything for each in rule.properties))
    return not folded(frozenset({name})).isdisjoint(known)
