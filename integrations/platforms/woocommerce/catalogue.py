"""What a shop sells, as far as it changed: products, then their variations."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from integrations.platforms.woocommerce.paging import BY_ID, backwards, changed
from integrations.platforms.woocommerce.reader import ShopReader
from integrations.platforms.woocommerce.variations import variable_products, variations
from plugin.ports.shop_source import Batch

OVERLAP: Final = timedelta(hours=1)
"""Products are asked for by our clock, which may be ahead of the shop's."""


def catalogue(reader: ShopReader, since: datetime | None) -> Iterator[Batch]:
    """All of it or what changed since; variations have their parent's categories, so they come after it."""
    wanted = changed(after=since - OVERLAP) if since else {}
    variable: list[int] = []
    for records in backwards(reader, "products", BY_ID | wanted):
        variable += variable_products(records)
        yield Batch(records)
    for records in variations(reader, wanted, variable):
        yield Batch(records)
    yield Batch((), ends_catalogue=True)
