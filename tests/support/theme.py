"""The blocks of the theme app extension as a shop prints them: Shopify's Liquid engine, from what the app writes."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from integrations.platforms.shopify.metafields import APP_NAMESPACE, PRODUCT_NAMESPACE
from plugin.usecases.plan_promises import PRODUCT_KEY
from tests.support.repository import ROOT

EXTENSION = ROOT / "extensions" / "aftercare-theme"
BLOCKS = tuple(sorted(path.stem for path in (EXTENSION / "blocks").glob("*.liquid")))
_RUBIES = ("ruby", "/opt/homebrew/opt/ruby/bin/ruby", "/usr/local/opt/ruby/bin/ruby")
_RENDERER = Path(__file__).parent / "liquid" / "render.rb"
_SCHEMA = re.compile(r"{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}", re.DOTALL)

Json = Any


@dataclass(frozen=True)
class Goods:
    """A product with what is written on it, its variants by id, and the one that is chosen."""

    id: str
    written: Json = None
    variants: tuple[str, ...] = ()
    chosen: str = ""
    is_sent: bool = True
    """Whether it travels, as its variants say."""

    def liquid(self) -> Json:
        """As Liquid sees it."""
        return {
            "id": self.id,
            "metafields": {PRODUCT_NAMESPACE: {PRODUCT_KEY: {"value": self.written}}},
            "variants": [{"id": each} for each in self.variants],
            "selected_or_first_available_variant": {
                "id": self.chosen or next(iter(self.variants), None),
                "requires_shipping": self.is_sent,
            },
        }


@dataclass(frozen=True)
class Page:
    """A page of a shop: where its goods go, its language as Shopify writes it, and what the app wrote into the shop."""

    country: str = "DE"
    language: str = "de"
    written: Mapping[str, Json] = field(default_factory=dict)
    goods: Goods | None = None
    cart: tuple[Goods, ...] = ()
    settings: Mapping[str, Json] = field(default_factory=dict)
    is_design: bool = False

    def objects(self, block: str) -> Json:
        """Every object of Liquid's that blocks may ask for, but `app`."""
        goods = self.goods.liquid() if self.goods else None
        own = {key: self.settings.get(key, default) for key, default in _defaults(block)}
        return {
            "request": {"locale": {"iso_code": self.language}, "design_mode": self.is_design},
            "localization": {"country": {"iso_code": self.country}},
            "block": {"id": f"{block}1", "settings": own, "shopify_attributes": ""},
            "section": {"id": "main"},
            "product": goods,
            "cart": {
                "item_count": len(self.cart),
                "requires_shipping": any(each.is_sent for each in self.cart),
                "items": [{"product": each.liquid(), "variant": {"id": each.chosen}} for each in self.cart],
            },
        }


def schema(block: str) -> Json:
    """What a block says of itself to the theme editor."""
    (found,) = _SCHEMA.findall((EXTENSION / "blocks" / f"{block}.liquid").read_text())
    return json.loads(found)


def printed(block: str, page: Page) -> str:
    """A block's HTML on a page; an error of the engine fails."""
    asked = {"block": block, "language": page.language, "objects": page.objects(block)}
    said = _said(asked | {"shop": _kept(page.written)})
    assert "error" not in said, (block, said["error"])
    html: str = said["html"]
    return html


_shops: list[Mapping[str, Json]] = []
"""What was written into each shop that pages were printed of; the renderer keeps it too, for it can be large."""


def _kept(written: Mapping[str, Json]) -> int:
    for number, known in enumerate(_shops):
        if known is written:
            return number
    _shops.append(written)
    values = {key: {"value": value} for key, value in written.items()}
    _said({"keep": len(_shops) - 1, "app": {"metafields": {APP_NAMESPACE: values}}})
    return len(_shops) - 1


def _said(asked: Json) -> Json:
    renderer = _renderer()
    assert renderer.stdin is not None
    assert renderer.stdout is not None
    renderer.stdin.write(json.dumps(asked) + "\n")
    renderer.stdin.flush()
    return json.loads(renderer.stdout.readline())


def ruby() -> str | None:
    """A Ruby that has Shopify's Liquid; ./script/test installs one."""
    asks = ("-e", 'gem "liquid", ">= 5.4"; require "liquid"')
    return next((each for each in _RUBIES if _runs(each, *asks)), None)


@cache
def _runs(*words: str) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@cache
def _defaults(block: str) -> Iterable[tuple[str, Json]]:
    return [(each["id"], each.get("default")) for each in schema(block)["settings"] if "id" in each]


@cache
def _renderer() -> subprocess.Popen[str]:
    """It ends with its standard input, when this process does."""
    found = ruby()
    assert found, "Shopify's Liquid is missing (Debian: apt-get install ruby-liquid); ./script/test gets it"
    return subprocess.Popen([found, _RENDERER, EXTENSION], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


HAS_LIQUID = ruby() is not None
