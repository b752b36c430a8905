"""The baseline: a loop that sends the requests of a first reading and parses the answers, and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

from requests import Session

_PER_PAGE = 100
_Records = list[dict[str, Any]]


def read(address: str, key: str, secret: str, *, connections: int) -> int:
    """How many orders came: catalogue, pages of orders by id, refunds and fulfilments, over so many connections."""
    root, pages = f"{address}/wp-json/wc/v3", count(1)
    with Session() as session, ThreadPoolExecutor(connections) as pool:
        session.auth = (key, secret)
        session.trust_env = False
        for kind in ("products", "variations"):
            _get(session, f"{root}/{kind}")
        found = sum(pool.map(lambda _: sum(_pages(session, root, pages)), range(connections)))
        _get(session, f"{root}/orders", orderby="modified", order="asc", modified_after="2100-01-01T00:00:00")
    return found


def _pages(session: Session, root: str, pages: Iterator[int]) -> Iterator[int]:
    """One page after the other, as long as there are orders on them."""
    for page in pages:
        orders = _get(session, f"{root}/orders", orderby="id", order="asc", page=str(page))
        refunds = [str(refund["id"]) for order in orders for refund in order["refunds"]]
        if refunds:
            _get(session, f"{root}/refunds", include=",".join(refunds))
        for order in orders:
            if any(meta["key"] == "_fulfillment_status" for meta in order["meta_data"]):
                session.get(f"{root}/orders/{order['id']}/fulfillments", timeout=60).json()  # 404 where they are off
        yield len(orders)
        if len(orders) < _PER_PAGE:
            return


def _get(session: Session, url: str, **parameters: str) -> _Records:
    answer = session.get(url, params={"per_page": str(_PER_PAGE), **parameters}, timeout=60)
    answer.raise_for_status()
    records: _Records = answer.json()
    return records
