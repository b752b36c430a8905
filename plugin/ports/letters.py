"""Messages to staff, worded in their language."""

from typing import Protocol

from plugin.domain.access import Token
from plugin.domain.shop import StaffMember
from plugin.ports.mailer import Mail


class Letter(Protocol):
    """Words the message that brings somebody a one-time link."""

    def __call__(self, member: StaffMember, token: Token) -> Mail:
        """The message, with the link as an absolute address."""
        ...
