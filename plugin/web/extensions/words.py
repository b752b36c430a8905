"""Headings and labels of the returns portal in a customer account: those of our own pages."""

from plugin.domain.order import OrderLine
from plugin.i18n import Catalogue
from plugin.web.extensions.claim_schemas import ClaimWords
from plugin.web.extensions.schemas import AccountWords


def account_words(words: Catalogue) -> AccountWords:
    """Of orders, and of a claim that is written."""
    t = words.text
    return AccountWords(
        orders=t("claim.orders.heading"),
        start=t("claim.find.heading"),
        items=t("claim.lines.heading"),
        quantity=t("claim.lines.quantity"),
        closed=t("claim.lines.closed"),
        reason=t("claim.reason.heading"),
        note=t("claim.reason.note"),
        note_help=t("claim.reason.note.help"),
        evidence=t("claim.evidence.heading"),
        evidence_add=t("claim.evidence.add"),
        evidence_later=t("claim.evidence.later"),
        serial=t("claim.evidence.serial"),
        remedy=t("claim.remedy.heading"),
        instead=t("claim.remedy.instead"),
        other=t("claim.exchange.other"),
        check=t("claim.confirm.heading"),
        change=t("claim.confirm.change"),
        next=t("claim.next"),
        back=t("claim.back"),
        submit=t("claim.confirm.submit"),
        items_needed=t("claim.lines.needed"),
        reason_needed=t("claim.reason.needed"),
        remedy_needed=t("claim.remedy.needed"),
    )


def claim_words(words: Catalogue) -> ClaimWords:
    """Of a claim that was sent."""
    t = words.text
    return ClaimWords(
        happened=t("claim.status.timeline"),
        money=t("claim.status.money"),
        back=t("claim.back.heading"),
        cancel=t("claim.status.cancel"),
        cancel_text=t("claim.status.cancel.text"),
    )


def capital(text: str, words: Catalogue) -> str:
    """With a capital letter where a name stands by itself; Turkish has one of its own for i (CLDR, tr)."""
    first = "İ" if words.language == "tr" and text.startswith("i") else text[:1].upper()
    return first + text[1:]


def line_title(line: OrderLine) -> str:
    """What it is called, with the variant where it is one."""
    return f"{line.title} ({line.variant_title})" if line.variant_title else line.title


def units_text(line: OrderLine, quantity: int, words: Catalogue) -> str:
    """So many units of it."""
    return words.text("claim.units", n=quantity, title=line_title(line))
