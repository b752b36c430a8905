"""Links to a file that last a minute: each names its file and who it was made for, and says so under our signature.

An `<img>` or `<video>` sends no token, so the address has to carry the right to see it. A minute is enough for a page
that was just made; whoever seeks in a video later asks for a fresh link.
"""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from plugin.domain.evidence import UnknownEvidence
from plugin.domain.ids import EvidenceId, ShopId
from plugin.ports.secrets import Secrets, vouches

LIFETIME = timedelta(seconds=60)
_PURPOSE = "evidence view link v1"
_LONGEST = 200


def viewer_of_draft(draft: str) -> str:
    """The shopper who writes this claim."""
    return f"shopper-{draft}"


def viewer_of_staff(staff: str) -> str:
    """An agent of the merchant."""
    return f"agent-{staff}"


def issue(secrets: Secrets, shop: ShopId, evidence: EvidenceId, viewer: str, now: datetime) -> str:
    """The query of the link, to be put behind `/s/<shop>/evidence/<id>/file?`."""
    until = int((now + LIFETIME).timestamp())
    return (
        f"viewer={quote(viewer, safe='')}&until={until}&signature={_signature(secrets, shop, evidence, viewer, until)}"
    )


def check(secrets: Secrets, shop: ShopId, evidence: EvidenceId, query: tuple[str, str, str], now: datetime) -> str:
    """Who the link was made for, from its viewer, until and signature.

    Raises `UnknownEvidence` when it is not ours or its minute is over.
    """
    viewer, until, signature = query
    if not until.isdecimal() or len(until) > _LONGEST or len(viewer) > _LONGEST:
        raise UnknownEvidence
    is_ours = vouches(secrets, signature, lambda each: _signature(each, shop, evidence, viewer, int(until)))
    if not is_ours or int(until) <= now.astimezone(UTC).timestamp():
        raise UnknownEvidence
    return viewer


def _signature(secrets: Secrets, shop: ShopId, evidence: EvidenceId, viewer: str, until: int) -> str:
    signed = secrets.sign(_PURPOSE, "\0".join((shop, evidence, viewer, str(until))))
    return urlsafe_b64encode(signed).rstrip(b"=").decode()
