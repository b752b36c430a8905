"""Variations of products, where nothing but asking brings them: an exchange needs to know what else there is.

`GET /variations` came with WooCommerce 10.3 and lists those of every product, each with its `parent_id`. A variation
that is saved need not date its product anew, so that they are asked for by their own last change. Before 10.3 they are
only listed product by product: then those of variable products that have changed are, a bounded number at a time.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from integrations.platforms.woocommerce.answers import NoRecord, NoRoute
from integrations.platforms.woocommerce.paging import BY_ID, Parameters, backwards
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.decoding import decoder

MOST_PRODUCTS: Final = 400
"""Asked one by one in one reading, well within a poll's lease; the newest products go first."""
_VARIABLE: Final = "variable"


class _Product(msgspec.Struct):
    id: int
    type: str


def variable_products(records: Iterable[bytes]) -> list[int]:
    """Which of these products have variations; a record that cannot be read has none, and is parked as what it is."""
    return [product.id for record in records if (product := _product(record)) and product.type == _VARIABLE]


def _product(record: bytes) -> _Product | None:
    try:
        return decoder(_Product).decode(record)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def variations(reader: ShopReader, changed: Parameters, products: Iterable[int]) -> Iterator[tuple[bytes, ...]]:
    """Those that have changed; in an older shop all of these variable products."""
    try:
        yield from backwards(reader, "variations", BY_ID | changed)
    except NoRoute:
        for product in islice(sorted(products, reverse=True), MOST_PRODUCTS):
            yield from _of(reader, product)


def _of(reader: ShopReader, product: int) -> Iterator[tuple[bytes, ...]]:
    try:
        yield from backwards(reader, f"products/{product}/variations", BY_ID)
    except NoRecord:  # deleted since it was listed
        return
