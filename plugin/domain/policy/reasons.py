"""Why goods come back: a tree the merchant can extend; each leaf says whose doing it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from plugin.domain.policy.terms import Fault, Slug, Words


@dataclass(frozen=True, slots=True)
class Reason:
    """A node of the tree. Roots have no parent; `fault` is a leaf's, None on branches.

    `labels` are the merchant's words; the default reasons have theirs in the catalogues under `reason.<id>`.
    """

    id: Slug
    parent: Slug | None = None
    fault: Fault | None = None
    labels: Words = field(default_factory=dict)
    is_hidden: bool = False
    """Hidden by the merchant: claims that have it keep it, new ones cannot choose it."""


def _branch(name: str, fault: Fault, *leaves: str) -> tuple[Reason, ...]:
    return (Reason(name), *(Reason(f"{name}.{leaf}", name, fault) for leaf in leaves))


DEFAULT_REASONS: tuple[Reason, ...] = (
    *_branch("logistics", Fault.CARRIER, "damaged_in_transit", "lost", "arrived_late"),
    *_branch("quality", Fault.SELLER, "defective", "not_as_described", "stopped_working"),
    *_branch("change_of_mind", Fault.BUYER, "not_needed", "ordered_twice", "dislike"),
    *_branch("wrong_item", Fault.SELLER, "wrong_product", "wrong_variant"),
    Reason("wrong_item.ordered_wrong", "wrong_item", Fault.BUYER),
    *_branch("missing_part", Fault.SELLER, "part_missing", "accessory_missing"),
    *_branch("size", Fault.BUYER, "too_small", "too_large"),
    Reason("size.chart_wrong", "size", Fault.SELLER),
    *_branch("safety", Fault.SELLER, "injury", "fire_or_shock", "recalled"),
)


def reason_tree(own: Sequence[Reason]) -> tuple[Reason, ...]:
    """The default reasons with the merchant's: one of the same id replaces the default in its place, others follow."""
    mine = {reason.id: reason for reason in own}
    kept = [mine.pop(reason.id, reason) for reason in DEFAULT_REASONS]
    return (*kept, *mine.values())


def path_of(leaf: str | None, tree: Sequence[Reason]) -> tuple[str, ...]:
    """A leaf and its branches up to the root; empty without a leaf. A tree in knots is followed once round."""
    parents = {reason.id: reason.parent for reason in tree}
    path: dict[str, None] = {}
    while leaf is not None and leaf not in path:
        path[leaf] = None
        leaf = parents.get(leaf)
    return tuple(path)
