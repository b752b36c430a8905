"""What rights are called, and whose they are."""

from plugin.domain.entitlement import Clock, Right
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.texts import official_text
from plugin.i18n import Catalogue


def title(right: Right, words: Catalogue) -> str:
    """The name of a right; the legal guarantee by the law's own term where the language has one."""
    if right is Right.LEGAL_GUARANTEE:
        try:
            return official_text(words.language, "legal_guarantee_name").text
        except UnknownText:
            pass  # not a language the Union has a term in: the catalogue's
    return words.text(f"right.{right.value}")


def label(words: Catalogue, *, is_statutory: bool) -> str:
    """Whose promise it is. A legal right is never presented as the shop's (Directive 2005/29/EC Annex I no. 10)."""
    return words.text("label.law" if is_statutory else "label.extra")


def label_of_clock(clock: Clock, words: Catalogue, *, is_beyond_law: bool) -> str:
    """The label of a clock, by whose it is."""
    return label(words, is_statutory=True) if clock.is_statutory else label_of_promise(words, is_extra=is_beyond_law)


def label_of_promise(words: Catalogue, *, is_extra: bool) -> str:
    """The label of what the shop promises; an extra only once it is known to give more than the law."""
    return label(words, is_statutory=False) if is_extra else words.text("label.promise")
