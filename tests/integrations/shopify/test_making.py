"""Credit, exchanges and replacements at a Shopify shop: the port's contract, each once whatever answer is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integrations.platform_actions_contract import PlatformActionsContract
from tests.integrations.shopify.making import MakingRig, making


@pytest.fixture
def rig() -> Iterator[MakingRig]:
    with making() as rig:
        yield rig


class TestMaking(PlatformActionsContract):
    pass
