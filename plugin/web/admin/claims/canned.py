"""Texts to begin a message with: the merchant's own and a few of ours, in the shopper's language first."""

from collections.abc import Mapping

from plugin.domain.canned import CannedText
from plugin.domain.ids import ClaimId
from plugin.domain.shop import StaffMember
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.read_case import CaseRead, read_case
from plugin.web.admin.auth import presence
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import words
from plugin.web.deps import deps

_OURS = ("photos", "received", "patience")


def canned_texts(case: CaseRead, reader: StaffMember) -> list[tuple[str, str]]:
    """What there is to choose from, by place: in the shopper's language, then all others."""
    del reader
    said, language = words(), case.claim.language
    texts = all_texts(case)
    places = sorted(range(len(texts)), key=lambda at: texts[at].language != language)
    return [(str(at), f"{texts[at].name} ({said.language_name(texts[at].language)})") for at in places]


def all_texts(case: CaseRead) -> tuple[CannedText, ...]:
    """The merchant's texts, and ours in the shopper's language, in English where we have none in it."""
    language = case.claim.language if case.claim.language in DESK_LANGUAGES else "en"
    spoken, said = catalogue(language), words()
    ours = (
        CannedText(said.text(f"desk.canned.{name}"), language, spoken.entries[f"desk.canned.{name}.text"])  # type: ignore[arg-type]  # plain sentences
        for name in _OURS
    )
    return (*case.settings.texts, *ours)


def filled(claim: ClaimId, typed: Typed) -> str:
    """What the message says once the chosen text is put below what was typed. Raises `NotFound`."""
    here, at = presence(), deps()
    if not typed.text("insert"):
        return typed.text("words")
    case = read_case(claim, here.member.id, desk=desk_of(at, here.merchant), now=at.clock.now())
    texts, chosen = all_texts(case), typed.text("canned")
    if not (chosen.isdecimal() and int(chosen) < len(texts)):
        return typed.text("words")
    return "\n\n".join(filter(None, (typed.text("words"), texts[int(chosen)].filled(facts_of(case)))))


def facts_of(case: CaseRead) -> Mapping[str, str]:
    """What a text may ask for."""
    shopper = case.stored.order.shopper
    return {
        "name": shopper.name or "",
        "number": case.claim.number,
        "order": case.stored.order.number,
        "shop": case.shop.name,
    }
