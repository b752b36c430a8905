"""Draft orders as recorded (2026-04, 2026-07): made, found by tag, completed once; their tags pass to the order."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.support.shopify_admin.execution import Record, Unknown

EMPTY = "Add at least 1 product"
PAID = "This order has been paid"
LONG_TAG = "Title Tag exceeds the maximum length of 40 characters"
_LONGEST_TAG = 40
_TAG = re.compile(r"tag:([A-Za-z0-9_-]+)")
_FREE = 100.0


@dataclass(slots=True)
class Drafts:
    """The shop's drafts by gid; `order_of` makes the record of the order that a draft becomes."""

    orders: dict[str, Record]
    now: Callable[[], str]
    order_of: Callable[[int], Record] | None = None
    made: dict[str, Record] = field(default_factory=dict)
    index: Callable[[Record], bool] = lambda _: True
    """Whether a search finds a draft yet: an index is behind."""
    is_busy: bool = False
    """Whether Shopify still works on them (`DraftOrder.ready`: "asynchronous operations")."""
    refusal: str | None = None
    """What completing is refused with; the words of a final refusal are nobody's recording."""
    on_refusal: Callable[[], object] = lambda: None
    keeps: bool = False
    """Whether deleting is refused, as to somebody who may not (`draftOrderDelete`: "must have access to delete")."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1280992215346))

    def create(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`draftOrderCreate`."""
        errors = list(_faults(input))
        if errors:
            return {"draftOrder": None, "userErrors": errors}
        gid = f"gid://shopify/DraftOrder/{next(self._numbers)}"
        tags = sorted(input.get("tags", ()))
        draft: Record = {"id": gid, "status": "OPEN", "tags": tags, "order": None, "input": input}
        draft["ready"] = lambda: not self.is_busy
        self.made[gid] = draft
        return {"draftOrder": draft, "userErrors": []}

    def complete(self, id: str, **_: object) -> Record:  # noqa: A002 - Shopify's name
        """`draftOrderComplete`; a second time it says so, and names the order all the same."""
        draft = self.made.get(id)
        if draft is None:
            raise Unknown("draftOrderComplete of no draft")
        if draft["order"] is not None:
            return {"draftOrder": draft, "userErrors": [{"field": None, "message": PAID}]}
        if self.is_busy:
            raise Unknown("draftOrderComplete of a draft that is not ready")
        if self.refusal:
            self.on_refusal()
            return {"draftOrder": None, "userErrors": [{"field": None, "message": self.refusal}]}
        draft |= {"status": "COMPLETED", "order": self._ordered(draft)}
        return {"draftOrder": draft, "userErrors": []}

    def delete(self, input: Record) -> Record:  # noqa: A002 - Shopify's name
        """`draftOrderDelete`, as documented: of one that is no order yet."""
        if self.keeps:
            return {"deletedId": None, "userErrors": [{"field": None, "message": "Access denied"}]}
        draft = self.made.pop(input["id"], None)
        if draft is None or draft["order"] is not None:
            raise Unknown("draftOrderDelete of no draft, or of an order")
        return {"deletedId": draft["id"], "userErrors": []}

    def listed(self, **asked: Any) -> list[Record]:  # noqa: ANN401 - Shopify's arguments
        """`draftOrders`: by id, or those with a tag."""
        found = list(self.made.values())
        if search := asked.get("query"):
            named = _TAG.fullmatch(search)
            if named is None:
                raise Unknown(f"search of drafts {search}")
            return [each for each in found if named[1] in each["tags"] and self.index(each)]
        if asked.get("sortKey") != "ID":
            raise Unknown("drafts in another order than by id")
        return found

    def _ordered(self, draft: Record) -> Record:
        """Everything but tags and total is as ordinary orders have it; additional details pass on, by the schema."""
        asked = draft["input"]
        if asked.get("appliedDiscount", {}).get("value") != _FREE or self.order_of is None:
            raise Unknown("a draft that costs something")
        number = 9000 + len(self.made)
        order = copy.deepcopy(self.order_of(number))
        order |= {"tags": draft["tags"], "customAttributes": asked.get("customAttributes", [])}
        order |= {"updatedAt": self.now(), "fulfillments": [], "displayFinancialStatus": "PAID"}
        order["fulfillmentsCount"] = {"count": 0}
        self.orders[order["id"]] = order
        return order


def _faults(asked: Record) -> Iterator[Record]:
    if not asked.get("lineItems"):
        yield {"field": None, "message": EMPTY}
    for at, tag in enumerate(asked.get("tags", ())):
        if len(tag) > _LONGEST_TAG:
            yield {"field": ["tags", str(at)], "message": LONG_TAG}
