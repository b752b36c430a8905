"""Promises in a shop at Shopify, written over HTTP: what changed and no more, however a run ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from plugin.domain.effects import PublishPromises
from plugin.domain.order import Platform
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track, Window
from plugin.domain.shop_events import Product
from plugin.usecases.publish_promises import BUSY, NOTHING_TO_WRITE, publish_promises
from plugin.usecases.write_promises import AWAITS_CLASSES
from tests.build import MERCHANT, a_market, a_policy, a_product, a_shop
from tests.support.posting import Killed, PostingRig, posting_rig
from tests.support.shopify_admin.server import Reply

DOWN = Reply(503, b"<html>Maintenance</html>", (("Retry-After", "60"),))
EVERYWHERE = 6
"""Two languages, three countries."""
ANYWHERE = 2
"""In each language, for countries that are not shipped to."""
PRODUCTS = {"501", "502", "503", "504", "505", "506", "507"}
COUNTRIES = sorted(
    {"AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "NL"}
)
AT_ONCE = 25
WHOLE = 2 * len(COUNTRIES) + ANYWHERE + len(PRODUCTS)
FIRST = EVERYWHERE + ANYWHERE + len(PRODUCTS)
ALL = f"written_{FIRST}"


@pytest.fixture
def rig() -> Iterator[PostingRig]:
    with posting_rig() as rig:
        yield rig


def promise(rig: PostingRig, *rules: Rule, days: int = 60) -> None:
    """Publish other promises, from now on."""
    market = a_market(return_days=days)
    policy = a_policy(id="v2", default=replace(market, rules=(*market.rules, *rules)), effective_from=rig.clock.now())
    with rig.units(MERCHANT) as unit:
        unit.policies.add(policy)
        unit.commit()


def test_everything_is_written_once_in_few_calls(rig: PostingRig) -> None:
    assert rig.run() == ALL
    told = rig.admin.metafields.app()
    assert set(told) == {f"{at}-{to}" for at in ("de", "en") for to in ("DE", "FR", "GB", "anywhere")}
    assert rig.admin.metafields.products() == PRODUCTS
    assert rig.admin.server.names() == ["PromiseAudience", "MetafieldsSet"]
    assert rig.run() == "written_0"
    assert rig.admin.metafields.written == FIRST


def test_a_call_has_twenty_five_at_most(rig: PostingRig) -> None:
    rig.admin.metafields.countries = ["AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IT", "NL", "PL", "SE", "US"]
    assert rig.run() == "written_35"
    assert [len(asked.variables["fields"]) for asked in rig.admin.server.asked[1:]] == [25, 10]


def test_another_policy_changes_what_it_says_and_takes_away_what_nothing_says_any_more(rig: PostingRig) -> None:
    rig.run()
    rig.later(1)
    assert rig.due() == 0
    promise(rig, days=60)
    assert rig.due() == 1
    assert rig.run() == AWAITS_CLASSES
    rig.compile()
    rig.later(1)
    assert rig.run() == f"written_{EVERYWHERE}"
    told = rig.admin.metafields.app()["en-DE"]
    assert "60 days" in told["classes"][told["anything"]]["summary"]
    assert rig.admin.metafields.products() == set()
    assert rig.due() == 0


def test_a_product_that_changes_is_written_alone(rig: PostingRig) -> None:
    lamps = Rule("lamps", Track.RETURN, Scope(tags=frozenset({"lamp"})), window=Window(90))
    promise(rig, lamps)
    rig.compile()
    rig.run()
    before = rig.admin.metafields.written
    rig.later(1)
    save(rig, a_product("501", tags=("lamp",)))
    rig.compile()
    assert rig.due() == 1
    assert rig.run() == f"written_{EVERYWHERE + 1}", "the class is new in every country"
    save(rig, a_product("502", tags=("lamp",)))
    rig.later(1)
    rig.compile()
    assert rig.run() == "written_1"
    assert rig.admin.metafields.written == before + EVERYWHERE + 2
    own, told = rig.admin.metafields.product("502"), rig.admin.metafields.app()["en-DE"]
    assert own
    assert "90 days" in told["classes"][own[told["rules"]]["promise"]]["summary"]


def save(rig: PostingRig, *products: Product) -> None:
    with rig.units(MERCHANT) as unit:
        unit.products.save(rig.shop.id, list(products))
        unit.commit()


def test_languages_and_countries_are_asked_for_every_hour(rig: PostingRig) -> None:
    rig.run()
    rig.admin.metafields.languages, rig.admin.metafields.countries = ["de", "pt-BR"], ["DE"]
    rig.later(59)
    assert rig.due() == 0
    rig.later(1)
    assert rig.due() == 1
    assert rig.run() == "written_2"
    assert set(rig.admin.metafields.app()) == {"de-DE", "de-anywhere", "pt-BR-DE", "pt-BR-anywhere"}


def test_a_shop_that_leaves_a_country_keeps_the_way_to_withdraw_open_to_who_bought_there(rig: PostingRig) -> None:
    rig.run()
    before = rig.admin.metafields.app()["de-DE"]["withdrawal"]
    rig.admin.metafields.countries = ["US"]
    rig.later(60)
    rig.run()
    told = rig.admin.metafields.app()
    assert (told.get("de-DE"), told["de-US"]["withdrawal"]) == (None, None)
    assert told["de-anywhere"]["withdrawal"] == before | {"url": before["url"].removesuffix("&country=DE")}
    assert told["de-anywhere"].keys() == {"format", "language", "direction", "details", "withdrawal", "tracking"}


@pytest.mark.parametrize("steps", range(9))
def test_a_run_that_dies_at_any_step_goes_on_where_it_stood(rig: PostingRig, steps: int) -> None:
    rig.admin.metafields.countries = COUNTRIES
    rig.steps = steps
    with pytest.raises(Killed):
        rig.run()
    rig.steps = None
    written = rig.admin.metafields.written
    kept = len(rig.units.tables[MERCHANT].posted)
    assert kept <= written <= kept + AT_ONCE
    rig.later(4)
    assert rig.run() == (BUSY if steps else f"written_{WHOLE}"), "whoever died has it for five minutes"
    rig.later(1)
    assert rig.due() == (1 if steps else 0)
    rig.run()
    assert len(rig.admin.metafields.values) == WHOLE
    assert rig.admin.metafields.written <= WHOLE + AT_ONCE, "what was on record was not sent again"
    assert rig.due() == 0


def test_a_call_whose_answer_was_lost_is_sent_again_and_changes_nothing(rig: PostingRig) -> None:
    rig.admin.server.lost = 1
    assert rig.run() == ALL
    assert rig.admin.metafields.written == 2 * FIRST


def test_points_are_waited_for(rig: PostingRig) -> None:
    rig.admin.metafields.countries = COUNTRIES
    rig.admin.server.points.available, rig.admin.server.price = 40, lambda _: 35.0
    assert rig.run() == f"written_{WHOLE}"
    assert 0 < sum(rig.slept) < 20


def test_a_shop_that_does_not_answer_is_tried_again_later_and_says_why(rig: PostingRig) -> None:
    rig.admin.server.misbehave(DOWN)
    assert rig.run() == "shop_unavailable"
    posting = rig.posting()
    assert posting
    assert (posting.failures, posting.fault, posting.posted_at) == (1, "shop_unavailable", None)
    assert rig.due() == 0
    rig.later(2)
    assert rig.due() == 1
    assert rig.run() == ALL
    assert (posting := rig.posting())
    assert posting.fault is None


def test_a_fault_in_the_middle_takes_nothing_back(rig: PostingRig) -> None:
    rig.admin.metafields.countries = COUNTRIES

    def meanwhile() -> None:
        rig.admin.metafields.before_writing = lambda: None
        rig.admin.server.misbehave(DOWN)

    rig.admin.metafields.before_writing = meanwhile
    assert rig.run() == "shop_unavailable"
    rig.later(2)
    assert rig.run() == f"written_{WHOLE - AT_ONCE}"


def test_a_product_that_is_gone_keeps_nothing_else_from_being_written(rig: PostingRig) -> None:
    rig.admin.metafields.gone = {"gid://shopify/Product/503", "gid://shopify/Product/507"}
    assert rig.run() == f"written_{FIRST - 2}"
    assert (posting := rig.posting())
    assert posting.refused == 0


def test_what_shopify_does_not_take_keeps_nothing_else_from_being_written_and_is_told(rig: PostingRig) -> None:
    rig.admin.metafields.refusing = {"gid://shopify/Product/503", "gid://shopify/Product/507"}
    assert rig.run() == f"written_{FIRST - 2}"
    posting = rig.posting()
    assert posting
    assert (posting.places, posting.refused, posting.refusal) == (FIRST, 2, "CAPABILITY_VIOLATION")
    rig.later(60)
    assert rig.run() == "written_0", "not asked again before tomorrow"
    assert (posting := rig.posting())
    assert posting.refused == 2
    rig.later(24 * 60)
    rig.admin.metafields.refusing = set()
    assert rig.run() == "written_2"


def test_another_installation_is_written_anew(rig: PostingRig) -> None:
    rig.run()
    rig.admin.metafields.installation = "gid://shopify/AppInstallation/2"
    rig.later(60)
    assert rig.run() == ALL
    assert len(rig.admin.metafields.app()) == EVERYWHERE + ANYWHERE


def test_what_was_asked_for_during_a_run_is_due_after_it(rig: PostingRig) -> None:
    rig.run()
    rig.later(60)

    def meanwhile() -> None:
        rig.admin.metafields.before_writing = lambda: None
        rig.later(1)
        with rig.units(MERCHANT) as unit:
            unit.postings.ask(rig.shop.id, rig.clock.now())
            unit.commit()

    rig.admin.metafields.languages = ["en", "de", "fr"]
    rig.admin.metafields.before_writing = meanwhile
    rig.run()
    assert rig.due() == 1


def test_a_run_that_is_asked_for_during_another_is_due_after_it(rig: PostingRig) -> None:
    def meanwhile() -> None:
        rig.admin.metafields.before_writing = lambda: None
        rig.later(1)
        with rig.units(MERCHANT) as unit:
            assert unit.postings.hasten(rig.shop.id, rig.clock.now())
            unit.commit()
        assert rig.run() == BUSY

    rig.admin.metafields.before_writing = meanwhile
    assert rig.run() == ALL
    assert (posting := rig.posting())
    assert posting.due_at == rig.clock.now()


def test_a_shop_of_another_platform_has_nothing_to_be_written(rig: PostingRig) -> None:
    with rig.units(MERCHANT) as unit:
        unit.shops.add(a_shop("Woo", platform=Platform.WOOCOMMERCE))
        unit.commit()
    assert publish_promises(a_shop("Woo").id, merchant=MERCHANT, means=rig.means) == NOTHING_TO_WRITE
    rig.run()
    assert rig.due() == 0


def test_what_is_due_is_queued_as_an_effect(rig: PostingRig) -> None:
    assert rig.due() == 1
    assert rig.units.effects(MERCHANT)[-1] == PublishPromises(MERCHANT, rig.shop.id)
