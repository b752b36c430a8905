"""Every bench there is, by the name the command takes."""

from __future__ import annotations

from bench.admin import admin
from bench.backfill.bench import backfill
from bench.claims import claims
from bench.cost import cost
from bench.embedded import embedded
from bench.entitlements import entitlements
from bench.eta import eta
from bench.idle import idle
from bench.imports.bench import imports, million_imports, shopify_imports
from bench.policy_compile import policy_compile
from bench.policy_resolution import policy_resolution
from bench.result import Bench
from bench.scale import scale
from bench.storefront.bench import storefront
from bench.theme.bench import theme
from bench.tracking.bench import tracking
from bench.tracking_page import tracking_page
from bench.webhooks.bench import shopify_webhooks, webhooks

BENCHES: dict[str, Bench] = {
    "storefront": storefront,
    "import": imports,
    "import.shopify": shopify_imports,
    "import.million": million_imports,
    "entitlements": entitlements,
    "policy.resolve": policy_resolution,
    "policy.compile": policy_compile,
    "admin": admin,
    "claims": claims,
    "embedded": embedded,
    "webhooks": webhooks,
    "webhooks.shopify": shopify_webhooks,
    "backfill": backfill,
    "theme": theme,
    "tracking": tracking,
    "eta": eta,
    "tracking_page": tracking_page,
    "idle": idle,
    "scale": scale,
    "cost": cost,
}
