"""Mail to staff: the one-time link that signs them in, the one that invites them, and what needs their attention."""

from plugin.domain.access import INVITATION_HOLDS, SIGN_IN_HOLDS, Token
from plugin.domain.certificates import Certificate, Expiry
from plugin.domain.shop import StaffMember
from plugin.i18n import catalogue
from plugin.ports.letters import ExpiryLetter, Letter
from plugin.ports.mailer import Mail

SIGN_IN_PATH = "/admin/sign-in/"
DOCUMENTS_PATH = "/admin/documents"


def sign_in_letter(base_url: str) -> Letter:
    """Words the sign-in mail; links begin with `base_url` (no trailing slash)."""

    def letter(member: StaffMember, token: Token) -> Mail:
        words, link = catalogue(member.language), _link(base_url, token)
        minutes = int(SIGN_IN_HOLDS.total_seconds()) // 60
        text = words.text("mail.sign_in.text", link=link, minutes=minutes)
        return Mail(to=member.email, subject=words.text("mail.sign_in.subject"), text=text, language=words.language)

    return letter


def invitation_letter(base_url: str) -> Letter:
    """Words the invitation: as what they may work, and how long the link holds."""

    def letter(member: StaffMember, token: Token) -> Mail:
        words, link = catalogue(member.language), _link(base_url, token)
        role = words.text(f"mail.role.{member.role}")
        text = words.text("mail.invitation.text", link=link, role=role, days=INVITATION_HOLDS.days)
        return Mail(to=member.email, subject=words.text("mail.invitation.subject"), text=text, language=words.language)

    return letter


def expiry_letter(base_url: str) -> ExpiryLetter:
    """Words what became of a document of products, and where its successor is added."""

    def letter(member: StaffMember, certificate: Certificate, expiry: Expiry) -> Mail:
        words, key = catalogue(member.language), f"admin.mail.document_{expiry.value}"
        name, day, link = (
            certificate.name,
            certificate.expires_on or certificate.added_at.date(),
            base_url + DOCUMENTS_PATH,
        )
        subject = words.text(f"{key}.subject", name=name, day=day)
        return Mail(member.email, subject, words.text(f"{key}.text", name=name, day=day, link=link), words.language)

    return letter


def _link(base_url: str, token: Token) -> str:
    return f"{base_url}{SIGN_IN_PATH}{token}"
