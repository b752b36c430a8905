"""The app that the fuzzer asks: whom it would ask in turn, nobody is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from integrations.carriers import CARRIERS, InstalledCarriers
from integrations.platforms.woocommerce.companion_site import WooCommerceCompanionSite
from integrations.platforms.woocommerce.exchange import WooCommerceExchange
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.order import Platform
from plugin.runtime import with_papers
from plugin.web.deps import provide
from tests.fuzz.conversation import silent
from tests.support.admin import Installation
from tests.web.security.conftest import installation, law, world
from tests.web.security.world import World

__all__ = ["installation", "law", "world"]  # fixtures


@pytest.fixture(scope="module")
def alone(world: World) -> Installation:
    """Give the app of two merchants, which reaches nobody, and tells of what breaks by raising it."""
    running = world.installation
    source = WooCommerceSource(lambda _: silent(), allows_http=True, sleep=lambda _: None)
    whole = with_papers(running.deps, "http://localhost:8000", running.deps.secrets)
    running.deps = replace(
        whole,
        sources={Platform.WOOCOMMERCE: source},
        exchanges={Platform.WOOCOMMERCE: WooCommerceExchange(source)},
        companion_sites={Platform.WOOCOMMERCE: WooCommerceCompanionSite(source)},
        carriers=InstalledCarriers(CARRIERS, silent),
    )
    provide(running.app, running.deps)
    running.app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": True}
    return running
