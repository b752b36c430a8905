"""Blocks of the theme app extension print what the app wrote, escaped, and without it nothing that a shopper sees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from tests.drift.markup import Element, parsed
from tests.support.published import SAMPLES
from tests.support.theme import BLOCKS, EXTENSION, HAS_LIQUID, Goods, Json, Page, printed, schema

liquid = pytest.mark.skipif(not HAS_LIQUID, reason="no Ruby with Shopify's Liquid here; script/test installs it")
OUTPUT = re.compile(r"{{-?(.*?)-?}}", re.DOTALL)
SAFE = re.compile(r"\| escape$|^block\.shopify_attributes$|^class$")
"""What ends well: `class` is written out where a snippet is rendered."""
HOSTILE = "\"><script>alert(1)</script>'{{ shop.name }}{% raw %}"


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted([*EXTENSION.glob("blocks/*.liquid"), *EXTENSION.glob("snippets/*.liquid")]):
        yield path.name, path.read_text()


@cache
def written() -> dict[str, Json]:
    """The samples of what the app writes for all, by place."""
    return {path.name.split(".")[1]: json.loads(path.read_text()) for path in SAMPLES.glob("app.*.json")}


def goods(chosen: str = "5042") -> Goods:
    """A product of which one variant has what holds for everything."""
    return Goods("504", json.loads((SAMPLES / "504.promise.json").read_text()), ("5041", "5042", "5999"), chosen)


def hostile(value: Json) -> Json:
    """The same with every text turned into an attack; what blocks compare stays."""
    match value:
        case dict():
            kept = {"format", "rules", "anything", "promise"}
            return {key: each if key in kept else hostile(each) for key, each in value.items()}
        case list():
            return [hostile(each) for each in value]
        case str():
            return HOSTILE
    return value


def shown(html: str) -> list[Element]:
    return parsed(html).all(lambda each: each.tag != "style")


def test_everything_a_block_puts_out_is_escaped() -> None:
    found = [(name, out.strip()) for name, text in sources() for out in OUTPUT.findall(text)]
    assert len(found) > 30
    assert [each for each in found if not SAFE.search(each[1])] == []


@liquid
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_prints_nothing_of_a_shop_that_nothing_was_written_into(block: str) -> None:
    assert printed(block, Page(goods=goods(), cart=(goods(),))).strip() == ""
    assert printed(block, Page(country="JP", language="ja", written=written(), goods=goods())).strip() == ""


@liquid
@pytest.mark.parametrize("block", BLOCKS)
def test_where_the_shop_does_not_sell_a_block_prints_ways_and_promises_nothing(block: str) -> None:
    html = printed(block, Page(country="AT", written=written(), goods=goods(), settings={"details": True}))
    ways = {"after-sales": ["more", "withdraw"], "embed": ["withdraw", "more"], "withdrawal": ["withdraw"]}
    ways["tracking"] = []  # a form: the words of a parcel hold wherever the shop sells
    found = [each.attributes["class"] for each in shown(html) if each.tag == "a"]
    assert found == [f"aftercare-{way}" for way in ways.get(block, [])]
    assert (html.strip() == "") is (block not in ways)


@liquid
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_prints_nothing_of_a_format_it_does_not_know(block: str) -> None:
    later = {key: each | {"format": 2} for key, each in written().items()}
    assert printed(block, Page(written=later, goods=goods())).strip() == ""


@liquid
@pytest.mark.parametrize("language", ["de", "en", "ja"])
@pytest.mark.parametrize("block", BLOCKS)
def test_in_the_theme_editor_a_block_says_what_is_missing(block: str, language: str) -> None:
    (note,) = shown(printed(block, Page(language=language, is_design=True)))
    words = json.loads((EXTENSION / "locales" / f"{'de' if language == 'de' else 'en.default'}.json").read_text())
    assert note.tag == "p"
    assert note.text == words["editor"]["unpublished"]


@liquid
@pytest.mark.parametrize("block", BLOCKS)
def test_hostile_words_stay_words(block: str) -> None:
    attacked = {"de-DE": hostile(written()["de-DE"])}
    for way in ("details", "withdrawal", "tracking"):
        attacked["de-DE"][way]["url"] = f"https://aftercare.example/{HOSTILE}"
    settings = {"details": True, "tracking": True, "accent": HOSTILE, "align": HOSTILE, "path": f"/{HOSTILE}"}
    html = printed(block, Page(written=attacked, goods=Goods("1"), settings=settings))
    assert "alert(1)" in html
    assert HOSTILE not in html
    assert "script" not in {each.tag for each in shown(html)}
    assert not any(name.startswith("on") for each in shown(html) for name in each.attributes)


@liquid
@pytest.mark.parametrize("url", ["http://after.example/", "javascript:alert(1)", "//evil.example", "HTTPS:evil", ""])
@pytest.mark.parametrize("block", ["after-sales", "badge", "embed", "promises", "tracking", "withdrawal"])
def test_a_link_goes_by_https_or_nowhere(block: str, url: str) -> None:
    told = written()["de-DE"]
    changed = {each: told[each] | {"url": url} for each in ("details", "withdrawal", "tracking")}
    for form in (True, False):
        settings = {"details": True, "tracking": True, "path": url, "form": form}
        html = printed(block, Page(written={"de-DE": told | changed}, settings=settings))
        assert [each for each in shown(html) if each.tag in {"a", "form"}] == []


@liquid
def test_the_words_are_those_of_the_chosen_variant_and_the_others_wait_hidden() -> None:
    classes = written()["de-DE"]["classes"]
    told = {each["summary"] + str(each["lines"]) for each in classes.values()}
    assert len(told) == len(classes) == 2
    page = Page(written=written(), goods=goods("5999"))
    first, other = [each for each in shown(printed("badge", page)) if each.tag == "details"]
    assert first.attributes["data-variants"] == "5999,"
    assert "hidden" not in first.attributes
    assert other.attributes["data-variants"] == "5041,5042,"
    assert "hidden" in other.attributes


@liquid
def test_where_all_variants_are_promised_the_same_there_is_one_badge() -> None:
    plain = Goods("501", json.loads((SAMPLES / "501.promise.json").read_text()), ("1", "2"))
    assert len(parsed(printed("badge", Page(written=written(), goods=plain))).named("aftercare-summary")) == 1
    assert len(parsed(printed("badge", Page(written=written(), goods=goods()))).named("aftercare-summary")) == 2


@liquid
def test_a_product_that_names_rules_or_a_promise_of_another_time_has_what_holds_for_everything() -> None:
    told = written()["de-DE"]
    for stale in ({"other": {"promise": "x"}}, {told["rules"]: {"promise": "gone"}}, {told["rules"]: {}}, "text", None):
        html = printed("badge", Page(written=written(), goods=Goods("1", stale, ("2",))))
        assert parsed(html).texts("aftercare-words") == [
            line["text"] for line in told["classes"][told["anything"]]["lines"]
        ]


@liquid
def test_the_line_of_a_cart_is_silent_as_soon_as_two_things_have_different_promises() -> None:
    varied = (goods("5041"), goods("5999"))
    assert "aftercare-words" in printed("banner", Page(written=written(), cart=varied[:1]))
    silent = {"arrival": ""}
    assert printed("banner", Page(written=written(), cart=varied, settings=silent)).strip() == ""
    assert "Warenkorb" in printed("banner", Page(written=written(), cart=varied, is_design=True))


@liquid
def test_settings_choose_what_is_seen() -> None:
    page = Page(written=written(), goods=goods(), settings={"heading": False, "open": True, "accent": "#123456"})
    assert parsed(printed("promises", page)).named("aftercare-heading") == []
    assert "open" in parsed(printed("badge", page)).named("aftercare-badge")[1].attributes
    assert "--aftercare-accent: #123456" in printed("badge", page)
    off = Page(written=written(), settings={"withdrawal": False})
    assert printed("embed", off).strip() == ""


def asked_for_days(block: str, page: Page) -> list[str]:
    """The addresses that are asked for the days to expect the goods."""
    return [where for each in shown(printed(block, page)) if (where := each.attributes.get("data-aftercare-arrival"))]


@liquid
@pytest.mark.parametrize("block", ["badge", "banner"])
def test_place_is_held_for_days_of_arrival_only_where_somebody_knows_them_and_something_travels(block: str) -> None:
    page = Page(written=written(), goods=goods(), cart=(goods("5041"), goods("5999")))
    assert asked_for_days(block, page) == ["/apps/aftersales/arrival.json?country=DE&lang=de"]
    assert asked_for_days(block, replace(page, country="FR")) == []
    sent_nowhere = replace(goods(), is_sent=False)
    assert asked_for_days(block, replace(page, goods=sent_nowhere, cart=(sent_nowhere,))) == []
    for address, where in {
        " /a/b.json ": ["/a/b.json?country=DE&lang=de"],
        "": [],
        "//evil": [],
        "https://x": [],
    }.items():
        assert asked_for_days(block, replace(page, settings={"arrival": address})) == where


@liquid
def test_where_a_parcel_is_the_shops_own_page_is_asked_and_nobody_before() -> None:
    told = written()["de-DE"]["tracking"]
    (form,) = [each for each in shown(printed("tracking", Page(written=written()))) if each.tag == "form"]
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/apps/aftersales/tracking?lang=de")
    assert [
        each.attributes["name"] for each in shown(printed("tracking", Page(written=written()))) if each.tag == "input"
    ] == ["number", "email"]
    for path, where in (("/apps/help/tracking", "/apps/help/tracking?lang=de"), ("", told["url"])):
        html = printed("tracking", Page(written=written(), settings={"form": False, "path": path}))
        (link,) = [each for each in shown(html) if each.tag == "a"]
        assert (link.attributes["href"], link.text) == (where, told["text"])


@liquid
def test_a_shop_that_nothing_was_written_of_tracking_into_yet_shows_no_way_to_it() -> None:
    before = {key: {name: each for name, each in told.items() if name != "tracking"} for key, told in written().items()}
    assert printed("tracking", Page(written=before)).strip() == ""
    assert "tracking" not in printed("embed", Page(written=before, settings={"tracking": True}))


def test_one_embed_stands_at_the_foot_of_every_page() -> None:
    assert [block for block in BLOCKS if schema(block)["target"] != "section"] == ["embed"]
    assert schema("embed")["target"] == "body"
    assert "enabled_on" not in schema("embed")
