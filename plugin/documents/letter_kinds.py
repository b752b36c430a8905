"""Every kind of letter there is, each with a sample for the merchant to look at.

A new letter adds a line to `KINDS` and its name to `locales/*/sending.json` (`sending.kind.<name>`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from plugin.documents import claim_letter_samples, parcel_letter_samples
from plugin.documents import letter_samples as samples
from plugin.documents.claim_letters import claim_letter
from plugin.documents.claim_link_letter import claim_link_letter
from plugin.documents.declaration_letters import declaration_letters
from plugin.documents.letters import (
    data_request_letter,
    expiry_letter,
    invitation_letter,
    late_letter,
    outage_letter,
    passkey_letter,
    sign_in_letter,
    trial_letter,
)
from plugin.documents.papers import papers
from plugin.documents.parcel_letters import parcel_letter
from plugin.documents.start_letter import start_letter
from plugin.domain.certificates import Expiry
from plugin.domain.claim.letters import ClaimLetterKind
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.clocks.engine import Law
from plugin.domain.data_request import Turn
from plugin.domain.outage import SILENT_AFTER, Outage, OutageKind
from plugin.domain.passkey import PasskeyTurn
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.domain.tracking.alert_settings import WayMail
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.confirmation import ToConfirm
from plugin.ports.mailer import Mail, Route
from plugin.ports.start_letter import StartNews
from plugin.usecases.quote_entitlements import quote

_COUNTRY: Final = "DE"


class Readers(StrEnum):
    """Whom a letter is for."""

    SHOPPERS = "shoppers"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sample takes from the merchant: a shop, and the policy in force; `at` is when it is looked at."""

    shop: Shop
    policy: PolicyVersion | None
    law: Law
    base_url: str
    at: datetime


Sample = Callable[[str, Setting], Mail]
"""From a language and the setting to a letter with made-up data."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter."""

    readers: Readers
    sample: Sample


def _sign_in(language: str, setting: Setting) -> Mail:
    return sign_in_letter(setting.base_url)(samples.member(language, setting.at), samples.TOKEN)


def _invitation(language: str, setting: Setting) -> Mail:
    return invitation_letter(setting.base_url)(samples.member(language, setting.at), samples.TOKEN)


def _expiring(expiry: Expiry) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        letter = expiry_letter(setting.base_url)
        return letter(samples.member(language, setting.at), samples.paper(setting.at), expiry)

    return sample


def _passkey(turn: PasskeyTurn) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        member = samples.member(language, setting.at)
        return passkey_letter(setting.base_url)(member, samples.passkey(member, setting.at), turn, setting.at)

    return sample


def _outage(kind: OutageKind) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        member, away = samples.member(language, setting.at), Outage(kind, setting.at - SILENT_AFTER)
        return outage_letter(setting.base_url)(member, setting.shop, samples.unread(setting.shop, away), away)

    return sample


def _data_request(turn: Turn) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        member, request = samples.member(language, setting.at), samples.asked(setting.shop, setting.at)
        return data_request_letter(setting.base_url)(member, setting.shop, request, turn, ("1001",))

    return sample


def _confirmation(language: str, setting: Setting) -> Mail:
    stored = samples.order(setting.shop, _home(setting), language, setting.at)
    lines = quote(stored, setting.policy, setting.law).lines
    confirm = papers(setting.law, setting.base_url).confirm
    found = confirm(ToConfirm(setting.shop, stored, setting.policy, lines, (), setting.at))
    return Mail(samples.EMAIL, found.subject, found.text, found.language, found.letter)


def _claim_link(language: str, setting: Setting) -> Mail:
    wish = LinkRequest("sample", setting.shop.id, samples.EMAIL, language, setting.at)
    stored = samples.order(setting.shop, _home(setting), language, setting.at)
    return claim_link_letter(setting.law, setting.base_url)(setting.shop, wish, "sample", [stored.order])


def _claim(kind: ClaimLetterKind) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        rulebook = setting.law.rulebook
        told = claim_letter_samples.news(kind, language, setting.shop, setting.policy, rulebook, setting.at)
        return claim_letter(setting.law, setting.base_url)(told)

    return sample


def _start(language: str, setting: Setting) -> Mail:
    stored = samples.arrived(samples.order(setting.shop, _home(setting), language, setting.at), setting.at)
    lines = quote(stored, setting.policy, setting.law).lines
    longer = tuple((line.line, clock.right) for line in lines for clock in line.clocks if clock.closes_at)
    news = StartNews(setting.shop, stored, setting.policy, lines, longer, setting.at.date(), "sample", setting.at)
    return start_letter(setting.law, setting.base_url)(news)


def _parcel(kind: WayMail) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        told = parcel_letter_samples.news(kind, language, setting.shop, setting.policy, setting.at)
        return parcel_letter(setting.law, setting.base_url)(told)

    return sample


def _acknowledgement(language: str, setting: Setting) -> Mail:
    declared = replace(samples.declaration(setting.shop, language, setting.at), country=_home(setting))
    letters = declaration_letters(setting.law, setting.base_url, _NoSecrets())
    return letters.acknowledgement(declared, setting.shop)


def _declared(language: str, setting: Setting) -> Mail:
    declared = samples.declaration(setting.shop, language, setting.at)
    stored = samples.order(setting.shop, _home(setting), language, setting.at)
    letters = declaration_letters(setting.law, setting.base_url, _NoSecrets())
    return letters.notice(replace(declared, order=stored.id), setting.shop, stored)


def _home(setting: Setting) -> str:
    return (setting.policy.home_country if setting.policy else None) or _COUNTRY


class _NoSecrets:
    """Signs nothing: the links of a sample lead nowhere."""

    def token(self) -> str:
        """Always the same."""
        return "sample"

    def hash(self, token: str) -> bytes:
        """Of no use to anybody."""
        return token.encode()

    def sign(self, purpose: str, message: str) -> bytes:
        """No signature."""
        del purpose, message
        return b"sample"

    def accepted(self) -> Sequence["_NoSecrets"]:
        """None."""
        return ()


def _waiting(tier: Tier, *, is_over: bool = False) -> Sample:
    def sample(language: str, setting: Setting) -> Mail:
        due = setting.at if is_over else setting.at + timedelta(hours=1)
        claim = claim_letter_samples.waiting(language, setting.shop, setting.law.rulebook, due, tier)
        return late_letter(setting.base_url)(samples.member(language, setting.at), claim, setting.at)

    return sample


def _trial(language: str, setting: Setting) -> Mail:
    del setting
    return trial_letter(samples.EMAIL, Route.OWN, language)


KINDS: Final[Mapping[str, Kind]] = {
    "confirmation": Kind(Readers.SHOPPERS, _confirmation),
    **{f"claim_{kind}": Kind(Readers.SHOPPERS, _claim(kind)) for kind in ClaimLetterKind},
    **{f"parcel_{kind}": Kind(Readers.SHOPPERS, _parcel(kind)) for kind in WayMail},
    "claim_link": Kind(Readers.SHOPPERS, _claim_link),
    "start": Kind(Readers.SHOPPERS, _start),
    "acknowledgement": Kind(Readers.SHOPPERS, _acknowledgement),
    "declared": Kind(Readers.SHOPPERS, _declared),
    "sign_in": Kind(Readers.STAFF, _sign_in),
    "invitation": Kind(Readers.STAFF, _invitation),
    **{f"passkey_{turn}": Kind(Readers.STAFF, _passkey(turn)) for turn in PasskeyTurn},
    "claim_waits": Kind(Readers.STAFF, _waiting(Tier.ORDINARY)),
    "claim_hazard": Kind(Readers.STAFF, _waiting(Tier.SAFETY)),
    "claim_late": Kind(Readers.STAFF, _waiting(Tier.ORDINARY, is_over=True)),
    "document_soon": Kind(Readers.STAFF, _expiring(Expiry.SOON)),
    "document_expired": Kind(Readers.STAFF, _expiring(Expiry.EXPIRED)),
    "shop_stopped": Kind(Readers.STAFF, _outage(OutageKind.STOPPED)),
    "shop_silent": Kind(Readers.STAFF, _outage(OutageKind.SILENT)),
    **{f"data_request_{turn}": Kind(Readers.STAFF, _data_request(turn)) for turn in Turn},
    "trial": Kind(Readers.STAFF, _trial),
}
"""By name; the order is the page's."""


def kinds_for(readers: Readers) -> Iterator[str]:
    """The names of the letters for these readers."""
    return (name for name, kind in KINDS.items() if kind.readers is readers)


def preview(law: Law, base_url: str) -> Callable[[str, str, Shop | None, PolicyVersion | None, datetime], Mail]:
    """What makes a sample of a kind in a language, from what there is of the merchant so far."""

    def sample(kind: str, language: str, shop: Shop | None, policy: PolicyVersion | None, at: datetime) -> Mail:
        setting = Setting(shop or samples.shop(at), policy, law, base_url, at)
        return KINDS[kind].sample(language, setting)

    return sample
