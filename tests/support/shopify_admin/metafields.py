"""Metafields behind the Admin API, as documented (2026-10): no exchange of `metafieldsSet` is among the recordings.

25 at a time, all or none; JSON values of 128 KB; `$app` stands for the app's own namespace (recorded for definitions:
`2026-04__metafield-definition-app-namespace-resolution.json`). What was written is kept by owner, namespace and key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.shopify_admin.execution import Record, Records, Unknown

INSTALLATION = "gid://shopify/AppInstallation/1"
MOST, LARGEST = 25, 128 * 1000
_APP = "app--347082227713"
_KEY = re.compile(r"[A-Za-z0-9_-]{2,64}")
Name = tuple[str, str, str]


@dataclass(slots=True)
class Metafields:
    """`gone`: products that are no more; `refusing`: owners that take nothing. `written` counts every value taken."""

    languages: list[str] = field(default_factory=lambda: ["de", "en"])
    countries: list[str] = field(default_factory=lambda: ["DE", "FR", "GB"])
    installation: str = INSTALLATION
    values: dict[Name, str] = field(default_factory=dict)
    times: dict[Name, str] = field(default_factory=dict)
    now: Callable[[], str] = lambda: "2026-11-22T12:00:00Z"
    gone: set[str] = field(default_factory=set)
    refusing: set[str] = field(default_factory=set)
    written: int = 0
    before_writing: Callable[[], None] = lambda: None
    on_orders: Callable[[Records], Record] | None = None
    """What becomes of those on orders."""

    def locales(self, *, published: bool | None = None) -> Records:
        """`shopLocales`."""
        if not published:
            raise Unknown("shopLocales that are not published")
        return [{"locale": language} for language in self.languages]

    def write(self, metafields: Records) -> Record:
        """`metafieldsSet`."""
        if self.on_orders and any("/Order/" in each["ownerId"] for each in metafields):
            return self.on_orders(metafields)
        self.before_writing()
        self._is_no_more_than_allowed(metafields)
        errors = [error for at, each in enumerate(metafields) if (error := self._fault(at, each))]
        if errors:
            return {"metafields": [], "userErrors": errors}
        changed = {_name(each): each["value"] for each in metafields}
        self.times |= {name: self.now() for name, value in changed.items() if self.values.get(name) != value}
        self.values |= changed
        self.written += len(metafields)
        made = [{"id": f"gid://shopify/Metafield/{hash(_name(each)) % 10**9}"} for each in metafields]
        return {"metafields": made, "userErrors": []}

    def remove(self, metafields: Records) -> Record:
        """`metafieldsDelete`: null for what is not there."""
        self._is_no_more_than_allowed(metafields)
        deleted = [{"key": each["key"]} if self.values.pop(_name(each), None) else None for each in metafields]
        return {"deletedMetafields": deleted, "userErrors": []}

    def noted(self, namespace: str, **_: object) -> Records:
        """`metafields` of the app's installation, as last written; the time is that of the last change."""
        found = [name for name in self.values if name[:2] == (self.installation, namespace)]
        return [{"key": name[2], "value": self.values[name], "updatedAt": self.times[name]} for name in found]

    def app(self, namespace: str = "aftercare") -> dict[str, Record]:
        """What Liquid finds at `app.metafields.<namespace>`."""
        found = {
            key: value
            for (owner, at, key), value in self.values.items()
            if (owner, at) == (self.installation, namespace)
        }
        return {key: json.loads(value) for key, value in found.items()}

    def product(self, product: str) -> Record | None:
        """What Liquid finds at `product.metafields['$app'].promise.value`."""
        found = self.values.get((f"gid://shopify/Product/{product}", _APP, "promise"))
        return json.loads(found) if found else None

    def products(self) -> set[str]:
        """Products that have one."""
        return {owner.rpartition("/")[2] for owner, _, _ in self.values if "/Product/" in owner}

    def _fault(self, at: int, each: Record) -> Record | None:
        if each["ownerId"] in self.gone or not re.search(r"/(Product|AppInstallation)/\w+$", each["ownerId"]):
            return _error(at, "ownerId", "Owner does not exist.", "INVALID")
        if each["ownerId"] in self.refusing:
            return _error(at, "value", "Capability violated.", "CAPABILITY_VIOLATION")
        if not _KEY.fullmatch(each["key"]):
            return _error(at, "key", "Key is invalid.", "INVALID")
        if len(each["value"].encode()) > LARGEST:
            return _error(at, "value", "Value is too long.", "TOO_LONG")
        if each["type"] != "json":
            raise Unknown(f"metafield of type {each['type']}")
        json.loads(each["value"])
        return None

    def _is_no_more_than_allowed(self, metafields: Records) -> None:
        assert 0 < len(metafields) <= MOST, "25 metafields at a time"


def _name(each: Record) -> Name:
    namespace = each.get("namespace") or "$app"
    return each["ownerId"], namespace.replace("$app", _APP, 1), each["key"]


def _error(at: int, where: str, message: str, code: str) -> Record:
    return {"field": ["metafields", str(at), where], "message": message, "code": code, "elementIndex": at}
