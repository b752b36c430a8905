"""Who may upload for a claim that is being written: whoever holds its upload token, which only this server can make.

The claim portal hands one out when it knows whose claim it is. It is a capability for one draft of one shop for a
limited time: for its holder's own files, never for anybody else's.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from plugin.domain.evidence import UploadForbidden
from plugin.domain.ids import ClaimDraftId, PersonId, ShopId
from plugin.ports.secrets import Secrets, vouches

LIFETIME = timedelta(hours=2)
"""Long enough for a video over a slow line; the portal hands out a new one whenever its page is loaded."""
_PURPOSE = "evidence upload token v1"
_LONGEST = 1024
_FIELDS = 3


@dataclass(frozen=True, slots=True)
class UploadTicket:
    """What a token says: whose files for which draft, until when (aware UTC, whole seconds)."""

    draft: ClaimDraftId
    person: PersonId
    until: datetime


def issue(secrets: Secrets, shop: ShopId, ticket: UploadTicket) -> str:
    """The token, URL-safe."""
    body = "\0".join((ticket.draft, ticket.person, str(int(ticket.until.timestamp()))))
    signature = secrets.sign(_PURPOSE, f"{shop}\0{body}")
    return f"{_text(body.encode())}.{_text(signature)}"


def read(secrets: Secrets, shop: ShopId, token: str, now: datetime) -> UploadTicket:
    """What this token says of this shop. Raises `UploadForbidden` unless we issued it and its time is not over."""
    ticket = _ticket(token[:_LONGEST].partition(".")[0])
    if not vouches(secrets, token, lambda each: issue(each, shop, ticket)) or ticket.until <= now:
        raise UploadForbidden
    return ticket


def _ticket(text: str) -> UploadTicket:
    try:
        fields = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("\0")
        if len(fields) != _FIELDS:
            raise UploadForbidden
        draft, person, until = fields
        return UploadTicket(ClaimDraftId(draft), PersonId(person), datetime.fromtimestamp(int(until), UTC))
    except (ValueError, OverflowError, OSError) as error:
        raise UploadForbidden from error


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
