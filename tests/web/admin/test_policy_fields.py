"""Everything a policy can say has a form: remedies, ways back, evidence, warranty, kinds of goods; none needs JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

from plugin.domain.clocks.engine import Law
from plugin.domain.policy.edit import Change, edited
from plugin.domain.policy.identity import Channel, OpenHours, ReturnAddress
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import MarketPolicy
from plugin.i18n import catalogue
from plugin.web.admin.policy.controls import flattened, shown
from plugin.web.admin.policy.parts import part
from plugin.web.admin.policy.places import MISSING, value_at
from plugin.web.admin.policy.section import Desk
from tests.support.admin import Installation
from tests.support.policies import a_lawful_document, return_rule
from tests.support.policy_forms import DRAFT, draft_of, save, write_draft

RULE = "markets.0.rules.1"
PAGE = f"{DRAFT}/in/{RULE}"
WHOLE = (Channel, OpenHours)
"""Told by one control with inputs of its own."""
ELSEWHERE = {"id", "track", "trait", "rules", "countries", "is_dismissed"}
"""What names an entry or has a form of another kind: rules and countries of a market, suggestions of traits."""


def leaves(kind: type, at: str) -> Iterator[str]:
    """Every place of a document that this kind of entry can fill."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        if each.name in ELSEWHERE and at.count(".") <= 3:
            continue
        inner, is_list = innermost(hints[each.name])
        path = f"{at}.{each.name}{'.0' if is_list and is_dataclass(inner) else ''}"
        is_whole = inner in WHOLE or not isinstance(inner, type) or not is_dataclass(inner)
        yield from (path,) if is_whole else leaves(inner, path)


def innermost(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - any annotation of the model
    """The type inside `T | None` or `tuple[T, ...]`, and whether it is a list."""
    named = [each for each in get_args(hint) if each not in {NoneType, Ellipsis}]
    if getattr(hint, "__origin__", None) in {tuple, frozenset}:
        return innermost(named[0])[0], True
    return innermost(named[0]) if named and not isinstance(hint, type) and NoneType in get_args(hint) else (hint, False)


def places(document: dict[str, object], at: str, law: Law) -> set[str]:
    """The places that the page about a part has controls for."""
    desk = Desk(document, catalogue("en"), law.rulebook)
    return {each.path for each in flattened(shown(one, document) for one in part(at, desk).controls)}


def unsaid(kind: type, at: str, found: set[str]) -> set[str]:
    return {
        leaf
        for leaf in leaves(kind, at)
        if not any(f"{leaf}.".startswith(f"{path}.") or path.startswith(f"{leaf}.") for path in found)
    }


@pytest.mark.parametrize("track", Track)
def test_every_term_of_a_rule_has_a_control(track: Track, law: Law) -> None:
    document, _ = edited(a_lawful_document(), [Change("default.rules.0", {"id": "r", "track": track.value})])
    left = unsaid(Rule, "default.rules.0", places(dict(document), "default.rules.0", law))
    by_law = {f"default.rules.0.{name}" for name in ("window.length", "window.unit", "window.counting")}
    by_law |= {"default.rules.0.clock", "default.rules.0.is_final_sale"}
    assert {name for name in left if ".coverage." not in name} == (by_law if track is Track.WITHDRAWAL else set())
    assert bool(left - by_law) == (track is not Track.WARRANTY)


def test_every_term_of_the_lists_and_of_a_market_has_a_control(law: Law) -> None:
    lists = {
        "traits": [{"id": trait.value, "trait": trait.value} for trait in Trait],
        "reasons": [{"id": "scratched"}],
        "return_addresses": [{"id": "hub", "name": "Hub", "address": {}}],
        "repairs": [{"id": "lamps"}],
    }
    document = {**a_lawful_document(), **lists}
    traits = {re.sub(r"\d+", "0", path) for path in places(document, "traits", law)}
    assert {leaf for leaf in unsaid(TraitRule, "traits.0", traits) if ".scope." not in leaf} == set()
    assert unsaid(Reason, "reasons.0", places(document, "reasons", law)) == set()
    assert unsaid(ReturnAddress, "return_addresses.0", places(document, "return_addresses", law)) == set()
    assert unsaid(MarketPolicy, "default", places(document, "default", law)) == set()
    repairs = unsaid(RepairInformation, "repairs.0", places(document, "repairs", law))
    assert {leaf for leaf in repairs if ".scope." not in leaf} == set()


def rule_of(running: Installation, at: str = RULE) -> dict[str, Any]:
    document: Any = draft_of(running).document
    return document["markets"][0]["rules"][int(at.rpartition(".")[2])]  # type: ignore[no-any-return]  # JSON


def test_remedies_are_put_in_order_with_a_bonus_and_a_share(light: Installation) -> None:
    write_draft(light, Change(f"{RULE}.offers", [{"remedy": "refund"}]))
    browser, at = light.signed_in(), f"{RULE}.offers"
    save(
        browser, PAGE, "promise", **{f"{at}.0.remedy": "exchange", f"{at}.0.bonus": "12,5", f"{at}.1.remedy": "refund"}
    )
    save(browser, PAGE, "promise", **{f"{at}.2.remedy": "price_reduction", f"{at}.2.share": "20"})
    kept = [{"remedy": "exchange", "bonus": 1250}, {"remedy": "refund"}, {"remedy": "price_reduction", "share": 2000}]
    assert rule_of(light)["offers"] == kept
    save(browser, PAGE, "promise", **{f"{at}.1.remedy": ""})
    assert rule_of(light)["offers"] == [kept[0], kept[2]]
    assert len(draft_of(light).done) == 3


def test_what_is_wrong_in_a_row_is_kept_and_told_at_its_cell(light: Installation) -> None:
    write_draft(light)
    browser, at = light.signed_in(), f"{RULE}.offers"
    save(browser, PAGE, "promise", **{f"{at}.0.remedy": "exchange", f"{at}.0.bonus": "a tenth"})
    assert re.search(rf'name="{at}.0.bonus"[^>]*value="a tenth"[^>]*aria-invalid="true"', browser.get(PAGE).text)


def test_a_way_back_takes_a_weight_in_kilograms_and_countries_by_name(light: Installation) -> None:
    write_draft(light, Change(f"{RULE}.methods", []))
    browser, at = light.signed_in(language="de"), f"{RULE}.methods.0"
    save(
        browser, PAGE, "back", **{f"{at}.kind": "label", f"{at}.max_grams": "31,5", f"{at}.countries": "Österreich; de"}
    )
    assert rule_of(light)["methods"] == [{"kind": "label", "max_grams": 31500, "countries": ["AT", "DE"]}]
    assert 'value="Österreich, Deutschland"' in browser.get(PAGE).text
    before = draft_of(light)
    assert save(browser, PAGE, "back").status_code == 303
    assert draft_of(light) == before


def test_a_country_nobody_knows_is_kept_as_typed_and_told(light: Installation) -> None:
    write_draft(light, Change(f"{RULE}.methods", [{"kind": "label"}]))
    browser, at = light.signed_in(), f"{RULE}.methods.0.countries"
    save(browser, PAGE, "back", **{at: "Germny"})
    page = browser.get(PAGE).text
    assert re.search(rf'name="{at}"[^>]*value="Germny"[^>]*aria-invalid="true"', page)
    assert "No country has this name." in page


def test_evidence_is_asked_for_by_reason_also_by_one_of_the_merchant_s_own(light: Installation) -> None:
    own = Change("reasons", [{"id": "scratched", "labels": {"en": "It is scratched"}}])
    write_draft(light, own, Change(f"{RULE}.evidence", []))
    browser, at = light.signed_in(), f"{RULE}.evidence.0"
    assert '<option value="scratched">It is scratched</option>' in browser.get(PAGE).text
    save(browser, PAGE, "evidence", **{f"{at}.reason": "scratched", f"{at}.kinds": ["photo", "serial_number"]})
    assert rule_of(light)["evidence"] == [{"reason": "scratched", "kinds": ["photo", "serial_number"]}]
    save(browser, PAGE, "evidence", **{f"{at}.reason": ""})
    assert "evidence" not in rule_of(light)


def test_a_warranty_says_who_serves_it_and_in_which_countries(light: Installation) -> None:
    rules: Any = a_lawful_document()["markets"]
    at = len(rules[0]["rules"])
    said = {name: {"en": "Words."} for name in ("covers", "proof", "excludes", "serves")}
    rule = {"id": "long", "track": "warranty", "window": {"length": 36, "unit": "months"}, "coverage": said}
    write_draft(light, Change.insert(f"markets.0.rules.{at}", rule))
    place = f"markets.0.rules.{at}"
    typed = {f"{place}.coverage.serves.en": "Our workshop in Kiel.", f"{place}.coverage.countries": "Germany, Austria"}
    save(light.signed_in(), f"{DRAFT}/in/{place}", "coverage", **typed)
    coverage = rule_of(light, place)["coverage"]
    assert (coverage["serves"], coverage["countries"]) == ({"en": "Our workshop in Kiel."}, ["AT", "DE"])


def test_a_producer_s_guarantee_and_used_goods_have_their_own_months(light: Installation) -> None:
    traits = [{"id": "g", "trait": "producer_guarantee"}, {"id": "u", "trait": "second_hand"}]
    write_draft(light, Change("traits", traits))
    browser, page = light.signed_in(), f"{DRAFT}/in/traits"
    save(browser, page, "traits-0", **{"traits.0.producer": "Klang GmbH", "traits.0.months": "60"})
    save(browser, page, "traits-1", **{"traits.1.months": "12"})
    kept: Any = draft_of(light).document["traits"]
    assert (kept[0]["producer"], kept[0]["months"], kept[1]["months"]) == ("Klang GmbH", 60, 12)
    assert "traits.1.producer" not in browser.get(page).text


def test_a_rule_that_yields_to_others_has_a_priority_below_nothing(light: Installation) -> None:
    write_draft(light)
    save(light.signed_in(), PAGE, "promise", **{f"{RULE}.priority": "-5"})
    assert rule_of(light, f"markets.0.rules.{return_rule(a_lawful_document())}")["priority"] == -5


def test_a_market_names_the_language_of_its_orders_or_none(light: Installation) -> None:
    write_draft(light)
    browser, page, at = light.signed_in(language="de"), f"{DRAFT}/in/markets.0", "markets.0.language"
    assert '<option value="" selected>die größte Sprache des Landes</option>' in browser.get(page).text
    save(browser, page, "name", **{at: "pt-BR"})
    assert value_at(draft_of(light).document, at) == "pt-BR"
    save(browser, page, "name", **{at: ""})
    assert value_at(draft_of(light).document, at) is MISSING
