"""Mail to staff: the one-time link that signs them in, the one that invites them, and what needs their attention."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from babel.dates import format_date, format_datetime

from plugin.documents.mail import Block, Button, Facts, Heading, Paragraph, write
from plugin.domain.access import INVITATION_HOLDS, SIGN_IN_HOLDS, Token
from plugin.domain.certificates import Certificate, Expiry
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.connection import Connection
from plugin.domain.data_request import KEPT_AFTER, DataRequest, Turn
from plugin.domain.outage import Outage
from plugin.domain.passkey import Passkey, PasskeyTurn
from plugin.domain.shop import Shop, StaffMember
from plugin.i18n import Catalogue, catalogue
from plugin.ports.letters import DataRequestLetter, ExpiryLetter, LateLetter, Letter, OutageLetter, PasskeyLetter
from plugin.ports.mailer import Mail

SIGN_IN_PATH = "/admin/sign-in/"
DOCUMENTS_PATH = "/admin/documents"
ACCOUNT_PATH = "/admin/account"
CLAIMS_PATH = "/admin/claims"
SHOPS_PATH = "/admin/shops"
REQUESTS_PATH = "/admin/data-requests"


def sign_in_letter(base_url: str) -> Letter:
    """Words the sign-in mail; links begin with `base_url` (no trailing slash)."""

    def letter(member: StaffMember, token: Token) -> Mail:
        words, link = catalogue(member.language), _link(base_url, token)
        minutes = int(SIGN_IN_HOLDS.total_seconds()) // 60
        text = words.text("mail.sign_in.text", link=link, minutes=minutes)
        button = Button(words.text("admin.confirm.enter"), link)
        return _to_staff(member, words.text("mail.sign_in.subject"), text, button, words)

    return letter


def invitation_letter(base_url: str) -> Letter:
    """Words the invitation: as what they may work, and how long the link holds."""

    def letter(member: StaffMember, token: Token) -> Mail:
        words, link = catalogue(member.language), _link(base_url, token)
        role = words.text(f"mail.role.{member.role}")
        text = words.text("mail.invitation.text", link=link, role=role, days=INVITATION_HOLDS.days)
        button = Button(words.text("admin.confirm.enter"), link)
        return _to_staff(member, words.text("mail.invitation.subject"), text, button, words)

    return letter


def expiry_letter(base_url: str) -> ExpiryLetter:
    """Words what became of a document of products, and where its successor is added."""

    def letter(member: StaffMember, certificate: Certificate, expiry: Expiry) -> Mail:
        words, key = catalogue(member.language), f"admin.mail.document_{expiry.value}"
        link, name = base_url + DOCUMENTS_PATH, certificate.name
        day = certificate.expires_on or certificate.added_at.date()
        text = words.text(f"{key}.text", name=name, day=day, link=link)
        button = Button(words.text("admin.documents.title"), link)
        return _to_staff(member, words.text(f"{key}.subject", name=name, day=day), text, button, words)

    return letter


def passkey_letter(base_url: str) -> PasskeyLetter:
    """Words that a passkey was added or removed, and what to do where nobody meant that."""

    def letter(member: StaffMember, passkey: Passkey, turn: PasskeyTurn, at: datetime) -> Mail:
        words, key, link = catalogue(member.language), f"sending.passkey_{turn.value}", base_url + ACCOUNT_PATH
        text = words.text(f"{key}.text", name=passkey.name, at=_moment(at, words), link=link)
        button = Button(words.text("admin.account.title"), link)
        return _to_staff(member, words.text(f"{key}.subject"), text, button, words)

    return letter


def data_request_letter(base_url: str) -> DataRequestLetter:
    """Words that somebody's data were asked for, until when they are owed, and where they lie."""

    def letter(member: StaffMember, shop: Shop, request: DataRequest, turn: Turn, orders: Sequence[str] = ()) -> Mail:
        words, key, link = catalogue(member.language), f"requests.mail.{turn.value}", base_url + REQUESTS_PATH
        day = request.due_at.date()
        text = words.text(f"{key}.text", shop=shop.name, day=day, days=KEPT_AFTER.days, link=link)
        subject = words.text(f"{key}.subject", shop=shop.name, day=day)
        told = (("requests.orders", ", ".join(orders)), ("requests.reference", request.reference))
        whose = tuple((words.text(name), value) for name, value in told if value)
        return _to_staff(member, subject, text, Button(words.text("requests.title"), link), words, whose)

    return letter


def outage_letter(base_url: str) -> OutageLetter:
    """Words why a shop cannot be read, what goes on all the same, and where to look."""

    def letter(member: StaffMember, shop: Shop, connection: Connection, outage: Outage) -> Mail:
        words, key = catalogue(member.language), f"admin.mail.shop_{outage.kind.value}"
        link = f"{base_url}{SHOPS_PATH}/{shop.id}/health"
        text = words.text(
            f"{key}.text",
            shop=shop.name,
            since=_moment(outage.since, words),
            advice=words.text(f"connection.{connection.fault}"),
            goes_on=words.text("admin.health.goes_on"),
            link=link,
        )
        button = Button(words.text("admin.health.title"), link)
        return _to_staff(member, words.text(f"{key}.subject", shop=shop.name), text, button, words)

    return letter


def late_letter(base_url: str) -> LateLetter:
    """Words that the time to answer a claim runs out or ran out, hazards in words of their own."""

    def letter(member: StaffMember, claim: Claim, at: datetime) -> Mail:
        words, link, due = catalogue(member.language), f"{base_url}{CLAIMS_PATH}/{claim.id}", claim.timer.due_at or at
        kind = "over" if due <= at else "hazard" if claim.tier is Tier.SAFETY else "soon"
        facts = {"number": claim.number, "due": _moment(due, words)}
        text = words.text(f"desk.late.{kind}.text", **facts, link=link)
        subject = words.text(f"desk.late.{kind}.subject", **facts)
        return _to_staff(member, subject, text, Button(words.text("desk.late.open"), link), words)

    return letter


def trial_letter(to: str, route: str, language: str) -> Mail:
    """Words the test mail; `route` tells how it goes, by the code of `plugin.ports.mailer.Route`."""
    words = catalogue(language)
    blocks = (
        Heading(words.text("sending.trial.heading")),
        Paragraph(words.text("sending.trial.text")),
        Facts(((words.text("sending.trial.route"), words.text(f"sending.route.{route}")),)),
        Paragraph(words.text("sending.trial.look"), is_quiet=True),
    )
    return write(to, words.text("sending.trial.subject"), blocks, words)


def _moment(at: datetime, words: Catalogue) -> str:
    day = format_date(at, "medium", locale=words.locale)
    return words.text("admin.moment", day=day, time=format_datetime(at, "HH:mm", locale=words.locale))


def _to_staff(
    member: StaffMember,
    subject: str,
    text: str,
    button: Button,
    words: Catalogue,
    facts: tuple[tuple[str, str], ...] = (),
) -> Mail:
    blocks = (Heading(subject), *((Facts(facts),) if facts else ()), *_blocks(text, button))
    return write(member.email, subject, blocks, words, preview="", is_for_staff=True)


def _blocks(text: str, button: Button) -> Iterator[Block]:
    """The paragraphs of a text, the one that is the button's address being the button."""
    for paragraph in text.split("\n\n"):
        yield button if paragraph == button.address else Paragraph(paragraph)


def _link(base_url: str, token: Token) -> str:
    return f"{base_url}{SIGN_IN_PATH}{token}"
