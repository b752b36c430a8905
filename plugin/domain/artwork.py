"""Official artwork as the merchant uploaded it, never edited: the EU legal-guarantee notice and the GARAN label.

Commission Implementing Regulation (EU) 2025/1960: the notice's text, colours and proportions are fixed (Annex I), and
the label belongs only to a producer's own free guarantee of durability of more than two years (Annex II).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from plugin.domain.certificates import FileRefused, StoredFile, sniffed
from plugin.domain.ids import StaffId
from plugin.domain.policy.scope import Item, matches
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion

MOST_BYTES = 1_500_000
LABEL_BEYOND_MONTHS = 24


class ArtworkKind(StrEnum):
    """Which official artwork."""

    NOTICE = "guarantee_notice"
    LABEL = "garan_label"


@dataclass(frozen=True, slots=True)
class Artwork:
    """One uploaded artwork. A notice is by language; a label by the trait rule whose guarantee it states."""

    id: str
    kind: ArtworkKind
    language: str
    trait: str | None
    """Id of the `TraitRule` of a label; None for the notice."""
    file: StoredFile
    added_at: datetime
    added_by: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A producer's guarantee that may carry the label: as confirmed in the policy."""

    trait: str
    producer: str
    months: int


def label_for(item: Item, policy: PolicyVersion | None) -> Label | None:
    """The guarantee the label may state for an item: confirmed, of more than two years, with its producer named.

    Never the shop's own warranty: the label is the producer's (Regulation (EU) 2025/1960 Annex II). Of several the
    shortest, since that is what surely holds.
    """
    rules = [rule for rule in policy.traits if _carries(rule, item)] if policy else []
    shortest = min(rules, key=lambda rule: (rule.months or 0, rule.id), default=None)
    if shortest is None:
        return None
    return Label(shortest.id, (shortest.producer or "").strip(), shortest.months or 0)


def notice_in(language: str, artworks: Iterable[Artwork]) -> Artwork | None:
    """The newest notice in a language; there is one official version a language, and none stands in for another."""
    fitting = (art for art in artworks if art.kind is ArtworkKind.NOTICE and art.language == language)
    return max(fitting, key=lambda art: (art.added_at, art.id), default=None)


def artwork_of(label: Label, language: str, artworks: Iterable[Artwork]) -> Artwork | None:
    """The newest artwork of a label, in the language if there is one in it; a label has hardly any words."""
    fitting = (art for art in artworks if art.kind is ArtworkKind.LABEL and art.trait == label.trait)
    return max(fitting, key=lambda art: (art.language == language, art.added_at, art.id), default=None)


def artwork_file(content: bytes) -> StoredFile:
    """What an artwork's file is, by its own bytes: SVG, PDF or PNG; raises `FileRefused`.

    An SVG is kept as it came and is only ever shown as an image, where browsers run nothing in it; one that could run
    something anywhere is refused all the same.
    """
    if not _is_svg(content):
        found = sniffed(content, most=MOST_BYTES)
        if found.media_type == "image/jpeg":
            raise FileRefused({"field": "file", "why": "kind"})
        return found
    if len(content) > MOST_BYTES:
        raise FileRefused({"field": "file", "why": "size"})
    return StoredFile("image/svg+xml", len(content), sha256(content).hexdigest())


def _carries(rule: TraitRule, item: Item) -> bool:
    is_long = (rule.months or 0) > LABEL_BEYOND_MONTHS
    is_guarantee = rule.trait is Trait.PRODUCER_GUARANTEE and rule.is_confirmed
    return is_guarantee and is_long and bool((rule.producer or "").strip()) and matches(rule.scope, item) is True


_RUNS = ("<script", "<foreignobject", "javascript:", "<!entity", " onload", " onclick", " onerror")


def _is_svg(content: bytes) -> bool:
    try:
        text = content.decode("utf-8").lstrip("\ufeff \r\n\t")
    except UnicodeDecodeError:
        return False
    head = text[:2000].lower()
    is_markup = head.startswith(("<?xml", "<!doctype svg", "<svg", "<!--")) and "<svg" in head
    if is_markup and any(mark in text.lower() for mark in _RUNS):
        raise FileRefused({"field": "file", "why": "active"})
    return is_markup
