"""Policies a shop could publish."""

from typing import Any

from plugin.domain.policy.document import write_policy
from plugin.domain.policy.edit import Change, Document, edited, without_decided
from plugin.domain.policy.presets import preset
from tests.build import NOW

ADDRESS = {"lines": ["Kaistraße 1", "24103 Kiel"], "country": "DE"}
TRADER = {
    "name": "Nordkap GmbH",
    "address": ADDRESS,
    "email": "hallo@nordkap.example",
    "phone": "+49 431 123456",
}


def a_lawful_document() -> Document:
    """Give the preset for the EU, with all that only the merchant can say."""
    said = [
        Change("default.trader", TRADER),
        Change("return_addresses", [{"id": "kiel", "name": "Lager Kiel", "address": ADDRESS}]),
        Change("default.disclosure", {"is_informed": True, "is_told_return_cost": True}),
        Change("markets.0.disclosure", {"is_informed": True, "is_told_return_cost": True}),
    ]
    document, _ = edited(without_decided(write_policy(preset("eu-cross-border", NOW))), said)
    return document


def return_rule(document: Any) -> int:  # noqa: ANN401 - a document, as JSON has it
    """Where the first market promises returns."""
    return next(at for at, rule in enumerate(document["markets"][0]["rules"]) if rule["track"] == "return")


def with_return_days(days: int) -> tuple[Change, ...]:
    """Give the change that promises returns for so many days in the EU."""
    return (Change(f"markets.0.rules.{return_rule(a_lawful_document())}.window.length", days),)
