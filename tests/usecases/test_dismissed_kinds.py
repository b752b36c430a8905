"""What a merchant has said its goods are not is not asked again, whatever the next draft starts from."""

from __future__ import annotations

from typing import Any

import pytest

from plugin.domain.policy.document import write_policy
from plugin.domain.policy.edit import Document
from plugin.domain.policy.presets import law_only, preset
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.usecases.start_draft import start_draft
from tests.build import MERCHANT, NOW, a_policy
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits

NOT_HYGIENE = TraitRule("no", Trait.SEALED_HYGIENE, Scope(tags=frozenset({"ears"})), is_dismissed=True)
DURABLE = TraitRule("yes", Trait.DURABLE, is_confirmed=True)
KEPT = {"id": "no", "trait": "sealed_hygiene", "scope": {"tags": ["ears"]}, "is_dismissed": True}


def started(units: FakeUnits, document: Document | None) -> Any:  # noqa: ANN401 - a part of a document
    with units(MERCHANT) as unit:
        unit.policies.add(a_policy(traits=(NOT_HYGIENE, DURABLE)))
        unit.commit()
    draft = start_draft(document, merchant=MERCHANT, by=None, units=units, ids=FakeIds(), now=NOW)
    return draft.document.get("traits")


@pytest.mark.parametrize("document", [write_policy(preset("eu-cross-border", NOW)), write_policy(law_only(NOW))])
def test_a_draft_from_a_preset_keeps_what_was_dismissed_and_nothing_else(units: FakeUnits, document: Document) -> None:
    before: Any = document.get("traits", [])
    assert started(units, document) == [*before, KEPT]


def test_a_draft_from_the_version_has_it_once(units: FakeUnits) -> None:
    assert [each["id"] for each in started(units, None)] == ["no", "yes"]


def test_a_document_that_cannot_be_read_is_kept_as_it_is(units: FakeUnits) -> None:
    assert started(units, {"format": 1, "traits": "none"}) == "none"
