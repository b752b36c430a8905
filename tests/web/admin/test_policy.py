"""The policy pages: start, edit without losing a word, mend, publish, and what is said when something goes wrong."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

import pytest

from plugin.domain.clocks.free_returns import NoBanner
from plugin.domain.policy.edit import Change, edited
from plugin.domain.policy.presets import preset_names
from plugin.domain.policy.reasons import DEFAULT_REASONS
from plugin.domain.policy.terms import Condition, Payer, RefundStart
from plugin.domain.policy.traits import Trait
from plugin.domain.shop import Role
from plugin.i18n import catalogue
from plugin.usecases.list_policies import PolicyStanding
from tests.build import MERCHANT, a_market, a_policy, a_product
from tests.support.admin import Installation
from tests.support.policies import a_lawful_document, return_rule, with_return_days
from tests.support.policy_forms import DRAFT, draft_of, fields_of, save, write_draft
from tests.support.repository import ROOT

EU = f"{DRAFT}/in/markets.0"
FINAL = "Final sale: we take this back only where the law gives you that right."
SOURCE = ROOT / "plugin/domain/policy/document.py"


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_started_from_and_every_page_of_its_draft_be_read(light: Installation, name: str) -> None:
    browser = light.signed_in()
    assert browser.send(f"{DRAFT}/start", source=f"preset:{name}").headers["Location"] == DRAFT
    document = draft_of(light).document
    places = ["default", *(f"markets.{at}" for at in range(len(document.get("markets", ()))))]  # type: ignore[arg-type]  # a list
    for path in (DRAFT, f"{DRAFT}/document", f"{DRAFT}/check", *(f"{DRAFT}/in/{place}" for place in places)):
        assert browser.get(path).status_code == HTTPStatus.OK


@pytest.mark.parametrize("section", ["name", "return", "exchange", "withdrawal", "disclosure", "trader", "support"])
def test_saving_a_section_as_it_stands_changes_nothing(light: Installation, section: str) -> None:
    write_draft(light)
    before = draft_of(light)
    assert save(light.signed_in(), EU, section).status_code == HTTPStatus.SEE_OTHER
    assert draft_of(light) == before


def test_saving_every_section_of_every_part_as_it_stands_changes_nothing(light: Installation) -> None:
    write_draft(light, Change("default.support", SUPPORT), Change("markets.0.rules.1.note", {"de": "Nur zu."}))
    before, browser = draft_of(light), light.signed_in()
    parts = [
        "default",
        "markets.0",
        "markets.0.rules.0",
        "markets.0.rules.1",
        "traits",
        "reasons",
        "return_addresses",
        "repairs",
    ]
    for page in (DRAFT, *(f"{DRAFT}/in/{part}" for part in parts)):
        for section in re.findall(r'<form class="card part[^"]*" id="([^"]+)"', browser.get(page).text):
            assert save(browser, page, section).status_code == HTTPStatus.SEE_OTHER
    assert draft_of(light) == before


SUPPORT = {
    "channels": [{"kind": "whatsapp", "contact": "https://wa.me/49431", "languages": ["de", "en"]}],
    "zone": "Europe/Berlin",
    "hours": [{"weekdays": [0, 1, 2], "opens": 540, "closes": 1440}],
}


def test_one_field_is_changed_and_everything_else_of_the_rule_stays(light: Installation) -> None:
    write_draft(light)
    at = return_rule(a_lawful_document())
    path = f"markets.0.rules.{at}.window"
    save(light.signed_in(), EU, "return", **{path: "45"})
    expected, _ = edited(a_lawful_document(), [Change(path, {"length": 45, "unit": "days"})])
    assert draft_of(light).document == expected | {"format": 1}
    assert len(draft_of(light).done) == 1


def test_a_window_without_end_is_chosen_like_any_other(light: Installation) -> None:
    write_draft(light)
    path = f"markets.0.rules.{return_rule(a_lawful_document())}.window"
    browser = light.signed_in()
    save(browser, EU, "return", **{path: "", f"{path}.unit": "endless"})
    page = browser.get(EU).text
    assert '<option value="endless" selected' in page
    assert "without a time limit" in page


def test_what_cannot_be_read_is_kept_and_told_at_its_field(light: Installation) -> None:
    write_draft(light)
    path = f"markets.0.rules.{return_rule(a_lawful_document())}.refund.days"
    browser = light.signed_in()
    save(browser, EU, "return", **{path: "two weeks"})
    page = browser.get(EU).text
    assert re.search(rf'name="{path}"[^>]*value="two weeks"[^>]*aria-invalid="true"', page)
    assert "Write a number where a number belongs." in page
    assert "The draft cannot be read yet." in page


def test_emptying_the_trader_takes_the_trader_away_and_not_only_its_fields(light: Installation) -> None:
    write_draft(light, Change("markets.0.trader", a_lawful_document()["default"]["trader"]))  # type: ignore[index]  # JSON
    browser = light.signed_in()
    empty = {name: "" for name in fields_of(browser.get(EU).text, "trader") if name.startswith("markets.")}
    save(browser, EU, "trader", **empty)
    assert "trader" not in draft_of(light).document["markets"][0]  # type: ignore[index]  # JSON


def test_a_finding_is_told_with_its_law_and_one_click_puts_it_right(light: Installation) -> None:
    write_draft(light, *with_return_days(7))
    browser = light.signed_in()
    page = browser.get(EU).text
    assert "The return period is shorter than the law" in page
    assert re.search(r"Directive 2011/83/EU art\. 9|BGB|art\. 9", page)
    (fix,) = set(re.findall(r'name="fix" value="([^"]+return_window[^"]*)"', page))
    browser.send(f"{DRAFT}/fix", form_at=EU, place="markets.0", version="0", fix=fix)
    assert "The return period is shorter than the law" not in browser.get(EU).text
    browser.send(f"{DRAFT}/undo", form_at=EU, place="markets.0", version="1")
    assert "The return period is shorter than the law" in browser.get(EU).text
    browser.send(f"{DRAFT}/redo", form_at=EU, place="markets.0", version="2")
    assert "The return period is shorter than the law" not in browser.get(EU).text


def test_who_edits_what_somebody_else_has_edited_is_told_and_changes_nothing(installation: Installation) -> None:
    write_draft(installation)
    ours, theirs = installation.signed_in(), installation.signed_in(Role.AGENT)
    fields = fields_of(ours.get(EU).text, "name")
    assert save(theirs, EU, "name", **{"markets.0.market": "Europe"}).status_code == HTTPStatus.SEE_OTHER
    answer = ours.client.post(f"{DRAFT}/edit", data={**fields, "markets.0.market": "EU"}, buffered=True)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Somebody else has edited this draft since." in answer.text
    assert draft_of(installation).document["markets"][0]["market"] == "Europe"  # type: ignore[index]  # JSON


def test_a_country_leaves_the_market_it_was_in(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    browser.send(f"{DRAFT}/add", form_at=DRAFT, place="", version="0", what="market", name="North")
    markets = draft_of(light).document["markets"]
    at = len(markets) - 1  # type: ignore[arg-type]  # a list
    browser.send(f"{DRAFT}/countries", form_at=DRAFT, place=f"markets.{at}", version="1", add="SE")
    document = draft_of(light).document
    assert document["markets"][at]["countries"] == ["SE"]  # type: ignore[index]  # JSON
    assert "SE" not in document["markets"][0]["countries"]  # type: ignore[index]  # JSON
    browser.send(f"{DRAFT}/countries", form_at=DRAFT, place=f"markets.{at}", version="2", remove="SE")
    assert draft_of(light).document["markets"][at]["countries"] == []  # type: ignore[index]  # JSON


def test_a_special_rule_is_added_edited_and_removed(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    rules = a_lawful_document()["markets"][0]["rules"]  # type: ignore[index]  # JSON
    place = f"markets.0.rules.{len(rules)}"
    answer = browser.send(
        f"{DRAFT}/add",
        form_at=EU,
        place="markets.0",
        version="0",
        what="rule",
        track="return",
        scope="tags",
        name="sale, outlet",
        is_final_sale="yes",
    )
    assert answer.headers["Location"] == f"{DRAFT}/in/{place}"
    save(
        browser,
        f"{DRAFT}/in/{place}",
        "scope",
        **{f"{place}.scope.price_below": "20,50", f"{place}.scope.price_below.currency": "eur"},
    )
    rule = draft_of(light).document["markets"][0]["rules"][-1]  # type: ignore[index]  # JSON
    assert rule["scope"] == {"tags": ["sale", "outlet"], "price_below": {"minor": 2050, "currency": "EUR"}}
    assert rule["is_final_sale"] is True
    browser.send(f"{DRAFT}/remove", form_at=EU, place="markets.0", version="2", entry=place)
    assert draft_of(light).document["markets"][0]["rules"] == rules  # type: ignore[index]  # JSON


@pytest.mark.parametrize("path", ["format", "default", "markets", "default.rules", "markets.0.countries.0", ""])
def test_only_entries_of_lists_can_be_removed(light: Installation, path: str) -> None:
    write_draft(light)
    answer = light.signed_in().send(f"{DRAFT}/remove", form_at=DRAFT, place="", version="0", entry=path)
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_document_is_written_as_a_whole_and_its_faults_are_told_by_place(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    document = {**a_lawful_document(), "home_country": "Germany", "surprise": 1}
    browser.send(f"{DRAFT}/document", form_at=f"{DRAFT}/document", version="0", document=json.dumps(document))
    page = browser.get(f"{DRAFT}/document").text
    assert "<code>home_country</code>" in page
    assert "<code>surprise</code>" in page
    assert "No policy has a field of this name." in page


@pytest.mark.parametrize("text", ["{", "[]", "", '{"a": "\\u0000"}', "[" * 100_000])
def test_what_is_no_document_is_shown_again_with_the_reason(light: Installation, text: str) -> None:
    write_draft(light)
    answer = light.signed_in().send(f"{DRAFT}/document", form_at=f"{DRAFT}/document", version="0", document=text)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This is no policy document" in answer.text
    assert draft_of(light).version == 0


def test_the_preview_speaks_the_shopper_s_language_about_the_draft(light: Installation) -> None:
    write_draft(light, *with_return_days(45))
    page = light.signed_in().get(f"{EU}?country=PL&language=pl").text
    assert '<div class="shoppers" lang="pl" dir="ltr">' in page
    assert "45 dni" in page


def test_the_overview_says_by_market_whether_returns_are_called_free_and_if_not_why(light: Installation) -> None:
    free = a_market("EU", frozenset({"DE"}))
    paid = a_market("Switzerland", frozenset({"CH"}), return_payer=Payer.SHOPPER)
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(markets=(free, paid)))
        unit.commit()
    page = light.signed_in().get("/admin/policy").text
    eu, switzerland, _ = re.findall(r'<section class="card"><h3>.*?</section>', page, re.DOTALL)
    assert "Delivery to Germany: free returns for 30 days" in eu
    assert "No banner" not in eu
    assert "No banner is shown: the shopper pays for the return." in switzerland


def test_a_second_draft_is_not_started_over_the_first(light: Installation) -> None:
    write_draft(light)
    answer = light.signed_in().send(f"{DRAFT}/start", form_at="/admin/account", source="law")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert draft_of(light).id == "draft1"


def test_a_viewer_reads_the_draft_and_finds_no_form_to_change_it(light: Installation) -> None:
    write_draft(light)
    page = light.signed_in(Role.VIEWER).get(EU).text
    assert '<fieldset class="locked" disabled>' in page
    assert "/draft/edit" not in page


def test_pages_of_a_draft_that_nobody_writes_do_not_exist(light: Installation) -> None:
    browser = light.signed_in()
    for path in (DRAFT, EU, f"{DRAFT}/document", f"{DRAFT}/check"):
        assert browser.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_product_of_the_catalogue_is_previewed_with_its_categories_and_tags(installation: Installation) -> None:
    rule = {"id": "sale", "track": "return", "scope": {"tags": ["sale"]}, "is_final_sale": True}
    rules = a_lawful_document()["markets"][0]["rules"]  # type: ignore[index]  # JSON
    write_draft(installation, Change.insert(f"markets.0.rules.{len(rules)}", rule))
    with installation.deps.units(MERCHANT) as unit:
        unit.products.save(installation.shop(MERCHANT), [a_product("501", tags=("sale",)), a_product("502", tags=())])
        unit.commit()
    browser = installation.signed_in()
    assert FINAL in browser.get(f"{EU}?country=DE&product=501").text
    assert FINAL not in browser.get(f"{EU}?country=DE&product=502").text


def test_every_code_that_can_be_told_has_words() -> None:
    entries = catalogue("en").entries
    wanted = {
        *(f"policy.no_banner.{why.value}" for why in NoBanner),
        *(f"policy.standing.{standing.value}" for standing in PolicyStanding),
        *(f"policy.preset.{name}" for name in preset_names()),
        *(f"policy.value.payer.{payer.value}" for payer in Payer),
        *(f"policy.value.refund_start.{start.value}" for start in RefundStart),
        *(f"policy.value.trait.{trait.value}" for trait in Trait),
        *(f"condition.{condition.value}" for condition in Condition),
        *(f"policy.reason.{reason.id}" for reason in DEFAULT_REASONS),
    }
    assert wanted - entries.keys() == set()
    faults = re.findall(r'PolicyFault\([^)]*, "(\w+)"\)|"(\w+)"\)$', SOURCE.read_text(), re.MULTILINE)
    codes = {code for pair in faults for code in pair if code} | {"missing", "unknown_field", "out_of_range"}
    assert {"country_in_two_markets", "repeated", "unknown_address"} <= codes
    assert {code for code in codes if f"policy.fault.{code}" not in entries} == set()
