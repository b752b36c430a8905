"""Every way of putting things right is known wherever remedies are told apart."""

from __future__ import annotations

import json

import pytest

from plugin.domain.remedy import Remedy
from tests.support.repository import ROOT

every = pytest.mark.parametrize("remedy", Remedy)


@every
def test_what_a_remedy_brings_with_it_is_said_in_the_one_table(remedy: Remedy) -> None:
    traits = remedy.traits
    assert traits.brings_back or traits.names_a_thing or traits.pays, "nobody gets anything"


def test_what_puts_the_goods_right_pays_nothing() -> None:
    for remedy in Remedy:
        assert not (remedy.traits.costs_nothing and remedy.traits.pays)


def test_the_contract_of_entitlements_knows_every_remedy() -> None:
    schema = json.loads((ROOT / "docs" / "entitlements-schema.json").read_text())
    clock = schema["$defs"]["clock"]["properties"]
    assert set(clock["remedies"]["items"]["enum"]) == set(Remedy)
