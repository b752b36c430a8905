"""Installations of the product for the length of a bench: a home of its own, a database of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plugin.domain.order import Platform
from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion
from plugin.domain.shop import Shop
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.open_shop import open_shop
from tests.support.promises import plain_rules, publish_policy

SHOP = "Bench"
POLICY_SINCE = datetime(2015, 1, 1, tzinfo=UTC)
_lent: list[Path] = []


@dataclass(frozen=True, slots=True)
class Installation:
    """An opened installation and the environment that names it to other processes."""

    runtime: Runtime
    environ: dict[str, str]

    def shop(self, platform: Platform = Platform.WOOCOMMERCE) -> Shop:
        """The bench's own shop, made when first asked for."""
        deps = self.runtime.deps
        return open_shop(
            SHOP,
            platform,
            None,
            directory=deps.directory,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=deps.clock.now(),
        )

    def promise(self, shop: Shop) -> PolicyVersion:
        """Have the shop promise something in every market, since before its first order."""
        deps = self.runtime.deps
        rules = plain_rules(return_days=30, exchange_days=30, return_payer=Payer.SHOP, warranty_months=24)
        draft = PolicyVersion("", POLICY_SINCE, default=MarketPolicy("everywhere", rules=rules))
        return publish_policy(draft, merchant=shop.merchant, units=deps.units, ids=deps.ids, now=deps.clock.now())


@contextmanager
def lent(migrated: Path) -> Iterator[None]:
    """Within, an installation on SQLite begins with a copy of this file."""
    _lent.append(migrated)
    yield
    _lent.pop()


@contextmanager
def installation(database_url: str | None = None, **settings: str) -> Iterator[Installation]:
    """A migrated installation on a database (SQLite in its home when none is named)."""
    home = Path(tempfile.mkdtemp(prefix="aftercare-bench-"))
    if _lent and not database_url:
        database_url = f"sqlite:///{shutil.copyfile(_lent[-1], home / 'lent.sqlite3')}"
    named = {"DATABASE_URL": database_url} if database_url else {}
    environ = {**_outside(), **named, **settings, "AFTERCARE_HOME": str(home / "home")}
    try:
        runtime = open_runtime(Settings.from_env(environ))
        runtime.migrate()
        yield Installation(runtime, environ)
        runtime.close()
    finally:
        shutil.rmtree(home)


def _outside() -> dict[str, str]:
    """This process's environment without what configures an installation."""
    ours = ("AFTERCARE_", "WEB_")
    named = {"DATABASE_URL", "PORT", "PUBLIC_URL", "TRUSTED_PROXIES", "WORKER_SLOT"}
    return {name: value for name, value in os.environ.items() if not name.startswith(ours) and name not in named}
