"""Collections page by page: as many records at once as a shop gives, and what may be asked of any of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import msgspec

from integrations.platforms.woocommerce.answers import Answer, decoded
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.connection_faults import ShopUnreadable

PER_PAGE: Final = 100
MOST_PAGES: Final = 20_000
"""Two million records: a shop that says it has more is not believed."""
BY_ID: Final = {"orderby": "id", "order": "asc"}

Parameters = dict[str, str]


def backwards(reader: ShopReader, endpoint: str, parameters: Parameters) -> Iterator[tuple[bytes, ...]]:
    """Every page of a collection that only loses members, last page first; raises `ShopUnreadable`."""
    first = page(reader, endpoint, parameters)
    if first.pages > MOST_PAGES:
        raise ShopUnreadable("too many pages")
    for number in range(first.pages, 1, -1):
        yield elements(page(reader, endpoint, parameters | {"page": str(number)}))
    yield elements(page(reader, endpoint, parameters) if first.pages > 1 else first)


def page(reader: ShopReader, endpoint: str, parameters: Mapping[str, str]) -> Answer:
    """As many records as a shop gives at once."""
    return reader.get(endpoint, {"per_page": str(PER_PAGE), **parameters})


def elements(answer: Answer) -> tuple[bytes, ...]:
    """The exact bytes of each element."""
    raw = decoded(answer, list[msgspec.Raw])
    return tuple(bytes(record) for record in raw)


def changed(*, after: datetime | None = None, before: datetime | None = None) -> Parameters:
    """Only what changed between these instants; both are exclusive."""
    bounds = {"modified_after": after, "modified_before": before}
    stated = {name: f"{at:%Y-%m-%dT%H:%M:%S}" for name, at in bounds.items() if at is not None}
    return stated | {"dates_are_gmt": "true"} if stated else {}
