"""Which ways back a policy offers for a parcel, and to which address each line goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugin.domain.ids import LineId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import MethodKind, ReturnMethod
from plugin.domain.policy.version import PolicyVersion

LABELLED = frozenset({MethodKind.LABEL, MethodKind.QR_CODE, MethodKind.PICKUP})
"""Ways for which a carrier is paid before the parcel leaves: each needs a label of a provider or of the merchant."""
_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class WayBack:
    """One way a shopper may choose. `max_grams`: the weight is unknown, and this is how much it takes; else None."""

    kind: MethodKind
    max_grams: int | None = None


OWN_CARRIER = WayBack(MethodKind.OWN_CARRIER)


@dataclass(frozen=True, slots=True)
class ParcelBack:
    """Lines that go back together; `to` None: the policy names no address, so a person has to say where."""

    to: ReturnAddress | None
    lines: tuple[LineId, ...]


def ways_back(rules: Sequence[Rule], country: str | None, grams: int | None) -> tuple[WayBack, ...]:
    """The ways for a parcel with lines under these rules, in the order of the first; never none.

    A way is offered when every rule offers it from this ISO 3166-1 `country` at this weight. An unknown country fits
    only what holds everywhere. Where nothing fits a carrier of the shopper's own is left: goods may always be handed
    back (Directive 2011/83/EU art. 14(1)).
    """
    offered = [_limits(rule.methods, country, grams) for rule in rules]
    shared = [kind for kind in (offered[0] if offered else {}) if all(kind in limits for limits in offered)]
    ways = (WayBack(kind, _told(min(limits[kind] for limits in offered), grams)) for kind in shared)
    return tuple(ways) or (OWN_CARRIER,)


def usual_way(ways: Iterable[WayBack], *, is_paid: bool) -> MethodKind:
    """The way nobody had to choose: the first where the shop pays (`is_paid`), else the first not paid in advance."""
    kinds = (way.kind for way in ways if is_paid or way.kind not in LABELLED)
    return next(kinds, MethodKind.OWN_CARRIER)


def _limits(methods: Iterable[ReturnMethod], country: str | None, grams: int | None) -> dict[MethodKind, float]:
    """How much each way takes that fits, the most generous entry of the policy counting."""
    found: dict[MethodKind, float] = {}
    for method in methods:
        limit = _ENDLESS if method.max_grams is None else method.max_grams
        if (not method.countries or country in method.countries) and (grams is None or grams <= limit):
            found[method.kind] = max(limit, found.get(method.kind, 0))
    return found


def _told(limit: float, grams: int | None) -> int | None:
    return int(limit) if grams is None and limit != _ENDLESS else None


def parcels_back(rules: Mapping[LineId, Rule | None], policy: PolicyVersion | None) -> tuple[ParcelBack, ...]:
    """Which lines go back together, each line to the address its rule names.

    A line whose rule names none goes with the others where they all go to one place, and where the policy knows one
    address only, there.
    """
    known = {address.id: address for address in policy.return_addresses} if policy else {}
    named = {line: known.get(rule.return_to or "") if rule else None for line, rule in rules.items()}
    places = {place.id: place for place in named.values() if place}
    only = next(iter(places.values())) if len(places) == 1 else None
    if not places and len(known) == 1:
        only = next(iter(known.values()))
    grouped: dict[str | None, list[LineId]] = {}
    for line, place in named.items():
        to = place or only
        grouped.setdefault(to.id if to else None, []).append(line)
    return tuple(ParcelBack(known.get(to or ""), tuple(lines)) for to, lines in grouped.items())
