"""`plugin.ports.label_provider.LabelProvider` at Sendcloud: one return for one key."""

import re
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from integrations.labels.sendcloud.client import REFUSED, Json, SendcloudClient
from integrations.labels.sendcloud.shapes import order_number, return_body
from plugin.domain.returning.label import Carriage
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.label_provider import BoughtLabel, WantedLabel

_DAY: Final = timedelta(days=1)
"""The days asked about are in a zone the documents do not name."""
_MOST_PAGES: Final = 25
_A_PAGE: Final = "40"
_LABEL_ADDRESS: Final = re.compile(r"/parcels/(\d{1,18})/documents/label\b")
_KEY_USED: Final = re.compile(r"external.?reference.{0,200}already", re.IGNORECASE)


class Sendcloud:
    """One account."""

    def __init__(self, client: SendcloudClient) -> None:
        self._client = client

    def buy(self, wanted: WantedLabel) -> BoughtLabel:
        """The label of this key; a repeated attempt looks first for what an earlier one has sold."""
        found = self._found(wanted) if wanted.is_repeat else None
        sold = found or self._sold(wanted)
        parcel = _parcel(sold)
        return BoughtLabel(_carriage(parcel, sold), self._client.pdf(f"/parcels/{parcel}/documents/label"), _PDF)

    def _sold(self, wanted: WantedLabel) -> Json:
        """Sold now; or before, when our key is used up though nobody told us."""
        try:
            made = self._client.post("/returns/announce-synchronously", return_body(wanted))
        except Rejected as refusal:
            if refusal.code != REFUSED or not _KEY_USED.search(refusal.detail):
                raise
            if found := self._found(wanted):
                return found
            raise Rejected("provider_key_used", detail=refusal.detail) from refusal
        number = made.get("return_id")
        return {**self._client.get(f"/returns/{_number(number)}"), "parcel_id": made.get("parcel_id")}

    def _found(self, wanted: WantedLabel) -> Json | None:
        """The return that was made under this key, if there is one."""
        ours = order_number(wanted)
        query = {
            "from_date": f"{wanted.asked_at - _DAY:%Y-%m-%d %H:%M:%S}",
            "to_date": f"{wanted.asked_at + 60 * _DAY:%Y-%m-%d %H:%M:%S}",
            "page_size": _A_PAGE,
        }
        for _ in range(_MOST_PAGES):
            page = self._client.get("/returns", query)
            rows = [row for row in page.get("data") or [] if isinstance(row, dict)]
            if found := next((row for row in rows if row.get("order_number") == ours), None):
                return found
            cursor = _cursor(page)
            if cursor is None:
                return None
            query = {**query, "cursor": cursor}
        raise Unavailable("provider_unreadable")


_PDF: Final = "application/pdf"


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Unavailable("provider_unreadable")
    return value


def _parcel(sold: Json) -> int:
    """The parcel's number: told at the sale, or part of the label's address."""
    if sold.get("parcel_id") is not None:
        return _number(sold["parcel_id"])
    label = sold.get("label")
    addresses = [sold.get("label_url"), label.get("label_printer") if isinstance(label, dict) else None]
    found = [match for each in addresses if isinstance(each, str) and (match := _LABEL_ADDRESS.search(each))]
    if not found:
        raise Unavailable("label_not_ready")
    return int(found[0][1])


def _carriage(parcel: int, sold: Json) -> Carriage:
    option = sold.get("shipping_option")
    code = _text(option.get("code") if isinstance(option, dict) else None)
    url = _text(sold.get("tracking_url"))
    return Carriage(
        reference=str(parcel),
        carrier=code.partition(":")[0] if code else None,
        tracking=_text(sold.get("tracking_number")),
        tracking_url=url if url and url.startswith("https://") else None,
    )


def _cursor(page: Json) -> str | None:
    """Where the next page begins; only the cursor of the address is taken."""
    following = _text(page.get("next"))
    return next(iter(parse_qs(urlsplit(following).query).get("cursor", [])), None) if following else None


def _text(value: Any) -> str | None:  # noqa: ANN401 - somebody else's JSON
    return value if isinstance(value, str) and value.strip() else None
