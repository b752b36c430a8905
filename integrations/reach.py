"""Whether something answers over HTTP, and what time it says it is there; no keys and no redirects."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from requests import RequestException, Response, Session
from requests.exceptions import SSLError, Timeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

from integrations.guarded_http import open_session
from plugin.domain.connection_faults import PrivateAddress
from plugin.ports.errors import Unavailable

_PATIENCE = (5.0, 10.0)
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """`date`: the other side's own clock (RFC 9110 section 6.6.1), aware UTC; `body` its first 64 KiB."""

    status: int
    body: bytes
    date: datetime | None


def reach(address: str, *, allows_private: bool) -> Answer:
    """Ask by GET; raises `Unavailable` with the reason in a word or two."""
    with open_session(allows_private=allows_private, timeouts=_PATIENCE) as session:
        return answer(session, address)


def answer(session: Session, address: str) -> Answer:
    """Ask over this session; raises likewise."""
    try:
        with session.get(address, stream=True, headers={"Cache-Control": "no-cache"}) as response:
            body = response.raw.read(_MOST_BYTES, decode_content=True)
    except PrivateAddress as error:
        raise Unavailable("it leads into a private network") from error
    except (RequestException, HTTPError, OSError) as error:
        raise Unavailable(_reason(error)) from error
    return Answer(response.status_code, body, _date(response))


def _reason(error: Exception) -> str:
    if isinstance(error, SSLError):
        return "its certificate is not trusted"
    if isinstance(error, Timeout | ReadTimeoutError):
        return "no answer in time"
    return "no whole answer" if isinstance(error, HTTPError) else "no connection"


def _date(response: Response) -> datetime | None:
    try:
        found = parsedate_to_datetime(response.headers.get("Date", ""))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
