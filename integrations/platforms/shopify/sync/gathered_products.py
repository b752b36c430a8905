"""Lines of a bulk operation's file put together to products, as `products_changed.graphql` selects them."""

import json
from collections.abc import Iterable, Iterator

from integrations.platforms.shopify.sync.grouped import grouped


def products(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file's products, each with all its collections and variants. Raises `ShopUnreadable`."""
    for product, inside in grouped(lines):
        collections = [node for node in inside if "handle" in node]
        variants = [node for node in inside if "handle" not in node]
        whole = {**product, "collections": {"nodes": collections}, "variants": {"nodes": variants}}
        yield json.dumps(whole, ensure_ascii=False).encode(errors="replace")
