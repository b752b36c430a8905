"""Links that choose what becomes of a parcel: signed, for one choice about one alert, and good for a month.

Opening one changes nothing: it leads to a page with one button, because programs that look at mail open links too.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from plugin.domain.ids import ShopId
from plugin.domain.shopper_session import NoSuchPage
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.ports.secrets import Secrets, vouches

HOLDS = timedelta(days=30)
_PURPOSE = "parcel choice v1"
_LONGEST = 512
_FIELDS = 3


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """What a link stands for; `until` in whole seconds, aware UTC."""

    alert: str
    choice: Choice
    until: datetime


def choice_token(link: ChoiceLink, shop: ShopId, secrets: Secrets) -> str:
    """The token of a link, URL-safe; always the same for the same link."""
    fields = (link.alert, link.choice.value, str(int(link.until.timestamp())))
    return _signed("\0".join(fields), shop, secrets)


def read_choice(token: str, shop: ShopId, secrets: Secrets, now: datetime) -> ChoiceLink:
    """What a token of this shop stands for. Raises `NoSuchPage` unless we issued it and its time is not over."""
    text = token[:_LONGEST].partition(".")[0]
    try:
        body = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as error:
        raise NoSuchPage from error
    fields = body.split("\0")
    if len(fields) != _FIELDS or not vouches(secrets, token, lambda each: _signed(body, shop, each)):
        raise NoSuchPage
    link = ChoiceLink(fields[0], Choice(fields[1]), datetime.fromtimestamp(int(fields[2]), UTC))
    if link.until <= now:
        raise NoSuchPage
    return link


def _signed(body: str, shop: ShopId, secrets: Secrets) -> str:
    signature = secrets.sign(_PURPOSE, f"{shop}\0{body}")
    return f"{_text(body.encode())}.{_text(signature)}"


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
