"""Mail to staff: the one-time link that signs them in, and the one that invites them."""

from plugin.domain.access import INVITATION_HOLDS, SIGN_IN_HOLDS, Token
from plugin.domain.shop import StaffMember
from plugin.i18n import catalogue
from plugin.ports.letters import Letter
from plugin.ports.mailer import Mail

SIGN_IN_PATH = "/admin/sign-in/"


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


def _link(base_url: str, token: Token) -> str:
    return f"{base_url}{SIGN_IN_PATH}{token}"
