"""Mail to staff: the one-time link that signs them in."""

from plugin.domain.access import Token
from plugin.domain.shop import StaffMember
from plugin.i18n import catalogue
from plugin.ports.letters import Letter
from plugin.ports.mailer import Mail

SIGN_IN_PATH = "/admin/sign-in/"


def sign_in_letter(base_url: str) -> Letter:
    """Words the sign-in mail; links begin with `base_url` (no trailing slash)."""

    def letter(member: StaffMember, token: Token) -> Mail:
        words = catalogue(member.language)
        link = f"{base_url}{SIGN_IN_PATH}{token}"
        return Mail(
            to=member.email,
            subject=words.text("mail.sign_in.subject"),
            text=words.text("mail.sign_in.text", link=link),
            language=words.language,
        )

    return letter
