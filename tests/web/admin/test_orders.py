"""Orders in the admin: found, read, marked as delivered, and unmarked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest

from plugin.domain.ids import LineId, OrderId
from plugin.domain.order import Standing
from plugin.domain.origin import MadeAs, Origin
from plugin.domain.shop import Role
from plugin.domain.stored import DeliveryMark
from plugin.domain.times import Moment, Source
from tests.build import DELIVERED, MERCHANT, NOW, a_fulfilment, a_line, a_policy, a_shopper, an_event, an_order
from tests.support.admin import Installation, many_orders

NUMBER = re.compile(r'<th scope="row"[^>]*><a href="[^"]+"><bdi>([^<]+)')
NEXT, PREVIOUS = re.compile(r'href="([^"]+)" rel="next"'), re.compile(r'href="([^"]+)" rel="prev"')


def numbers(page: str) -> list[str]:
    return NUMBER.findall(page)


def href(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found
    return found[1].replace("&amp;", "&")


def test_pages_follow_each_other_without_gap_or_repeat_and_back(installation: Installation) -> None:
    installation.keep(*many_orders(120))
    browser = installation.signed_in(Role.VIEWER)
    first = browser.get("/admin/orders").text
    second = browser.get(href(NEXT, first)).text
    third = browser.get(href(NEXT, second)).text
    assert numbers(first) + numbers(second) + numbers(third) == [str(1119 - n) for n in range(120)]
    assert not NEXT.search(third)
    assert numbers(browser.get(href(PREVIOUS, third)).text) == numbers(second)


def test_a_number_is_found_by_its_beginning_and_an_address_only_whole(installation: Installation) -> None:
    installation.keep(an_order("2001"), an_order("2002"), an_order("3001", shopper=a_shopper("bo@example.com")))
    browser = installation.signed_in()
    found = {
        q: sorted(numbers(browser.get(f"/admin/orders?q={q}").text)) for q in ("20", "%232001", "BO@example.com", "bo@")
    }
    assert found == {"20": ["2001", "2002"], "%232001": ["2001"], "BO@example.com": ["3001"], "bo@": []}


def test_filters_are_chips_that_can_be_taken_off_one_by_one(light: Installation) -> None:
    light.keep(an_order("2001"), an_order("2002", standing=Standing.UNPAID), an_order("3002", standing=Standing.UNPAID))
    browser = light.signed_in()
    page = browser.get("/admin/orders?q=20&standing=unpaid").text
    assert numbers(page) == ["2002"]
    chips = re.findall(r'class="chip" href="([^"]+)"><bdi>([^<]+)', page)
    assert chips == [("/admin/orders?standing=unpaid", "20"), ("/admin/orders?q=20", "Unpaid")]
    assert set(numbers(browser.get(chips[0][0]).text)) == {"2002", "3002"}


@pytest.mark.parametrize("query", ["standing=odd", "cursor=x", "q=%00", "shop=%00"])
def test_an_address_that_makes_no_sense_is_refused_with_a_page(installation: Installation, query: str) -> None:
    answer = installation.signed_in().get(f"/admin/orders?{query}")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Back to Home" in answer.text


@pytest.mark.parametrize(("count", "says"), [(0, "aftercare import --shop NAME"), (1, "Choose order 1000")])
def test_no_orders_teach_the_next_step_and_one_is_a_list(light: Installation, count: int, says: str) -> None:
    light.keep(*many_orders(count))
    assert says in light.signed_in().get("/admin/orders").text


def test_no_match_says_how_to_search(light: Installation) -> None:
    light.keep(an_order())
    assert "e-mail addresses only when they are complete" in light.signed_in().get("/admin/orders?q=zz").text


def test_an_order_shows_every_right_with_its_day_and_its_why(installation: Installation) -> None:
    with installation.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy())
        unit.commit()
    (order,) = installation.keep(
        an_order(fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),)), policy_version="v1"
    )
    page = installation.signed_in(Role.VIEWER).get(f"/admin/orders/{order}").text
    assert set(re.findall(r'data-right="(\w+)"', page)) == {
        "withdrawal",
        "shop_return",
        "exchange",
        "legal_guarantee",
        "commercial_warranty",
    }
    assert "Thursday 19 November 2026" in page  # 14 days after 5 November
    assert "Directive 2011/83/EU" in page
    assert "Thursday 5 November 2026, reported by the carrier" in page


def test_lines_with_the_same_rights_are_told_once(light: Installation) -> None:
    same = (a_line("11", title="Lantern"), a_line("12", title="Mug"))
    card = a_line("13", title="Voucher", is_gift_card=True, is_physical=False)
    (order,) = light.keep(an_order(lines=(*same, card)))
    page = light.signed_in().get(f"/admin/orders/{order}").text
    articles = page.split("<article")[1:]
    assert [re.findall(r"<h3><bdi>([^<]+)", article) for article in articles] == [["Lantern", "Mug"], ["Voucher"]]
    assert all(article.count("data-right=") == 5 for article in articles)


def test_what_is_open_comes_first_and_what_is_not_folds_away(light: Installation) -> None:
    (order,) = light.keep(an_order(fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),)))
    page = light.signed_in().get(f"/admin/orders/{order}").text
    shown, folded = page.split('<details class="folded">')
    assert re.findall(r'data-state="(\w+)"', shown) == ["open"]
    assert set(re.findall(r'data-state="(\w+)"', folded)) == {"closed", "not_applicable"}


def test_an_order_that_a_claim_had_made_leads_to_the_one_it_was_made_for(light: Installation) -> None:
    bought, made = light.keep(an_order("7")) + light.keep(an_order("8", origin=Origin("7", MadeAs.REPLACEMENT)))
    page = light.signed_in().get(f"/admin/orders/{made}").text
    assert re.search(rf'href="/admin/orders/{bought}">Replacement for order', page)
    assert "Made for" not in light.signed_in().get(f"/admin/orders/{bought}").text


def test_a_deleted_order_and_an_erased_shopper_are_said(installation: Installation) -> None:
    gone, erased = installation.keep(an_order("1"), is_gone=True) + installation.keep(an_order("2"))
    with installation.deps.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    browser = installation.signed_in()
    assert "The shop has deleted this order" in browser.get(f"/admin/orders/{gone}").text
    page = browser.get(f"/admin/orders/{erased}").text
    assert "personal data has been erased" in page
    assert "ida@example.com" not in page


def test_what_a_shop_sends_is_shown_as_text(light: Installation) -> None:
    hostile = "<script>alert(1)</script>\u202e"
    line = a_line(title=hostile)
    (order,) = light.keep(
        an_order("1", number=hostile, lines=(line,), shopper=a_shopper(name=hostile), platform_status=hostile)
    )
    browser = light.signed_in()
    for path in ("/admin/orders", f"/admin/orders/{order}", "/admin/orders?q=<script>alert(1)</script>"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_delivered_on_starts_the_clocks_and_can_be_taken_back(installation: Installation) -> None:
    (order,) = installation.keep(an_order())
    browser = installation.signed_in(Role.AGENT)
    browser.send(f"/admin/orders/{order}/delivered", on="2026-11-10")
    page = browser.get(f"/admin/orders/{order}").text
    assert "Tuesday 10 November 2026, set by hand" in page
    assert "Tuesday 24 November 2026" in page
    (kept,) = installation.stored(order).marks
    assert kept.moment.source is Source.MERCHANT
    browser.send(f"/admin/orders/{order}/undelivered")
    assert installation.stored(order).marks == ()
    assert len(installation.jobs.waiting) == 2  # the projections are computed again, each time


def test_the_day_of_a_delivery_is_the_shoppers(installation: Installation) -> None:
    shortly_after_midnight = an_event(at=datetime(2026, 11, 9, 23, 30, tzinfo=UTC))
    (order,) = installation.keep(an_order(fulfilments=(a_fulfilment(events=(shortly_after_midnight,)),)))
    page = installation.signed_in().get(f"/admin/orders/{order}").text
    assert "Tuesday 10 November 2026" in page  # in Berlin; in UTC it was still Monday
    assert "Monday 9 November 2026" not in page


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-01", "before it was ordered, or in the future"),
        ("2026-11-22", "before it was ordered, or in the future"),
        ("5.11.2026", "This is no day"),
        ("", "This is no day"),
        ("2026-02-30", "This is no day"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field_and_kept(light: Installation, day: str, says: str) -> None:
    (order,) = light.keep(an_order())
    answer = light.signed_in().send(f"/admin/orders/{order}/delivered", on=day)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in answer.text
    assert 'aria-invalid="true" aria-describedby="e-on"' in answer.text
    assert not day or f'value="{day}"' in answer.text
    assert light.stored(order).marks == ()


def test_many_are_marked_at_once_where_one_was_and_all_undone(installation: Installation) -> None:
    first, second = installation.keep(an_order("1"), an_order("2"))
    earlier = DeliveryMark(Moment(datetime(2026, 11, 8, 11, tzinfo=UTC), Source.MERCHANT), NOW, None)
    of_line = DeliveryMark(Moment(datetime(2026, 11, 9, 11, tzinfo=UTC), Source.MERCHANT), NOW, None, LineId("11"))
    with installation.deps.units(MERCHANT) as unit:
        unit.orders.save([replace(unit.orders.get(second), marks=(earlier, of_line))])
        unit.commit()
    browser = installation.signed_in(Role.AGENT)
    answer = browser.send("/admin/orders/delivered?standing=placed", order=[first, second], on="2026-11-10")
    assert answer.headers["Location"] == "/admin/orders?standing=placed"
    assert days(installation, first, second) == [[date(2026, 11, 10)], [date(2026, 11, 9), date(2026, 11, 10)]]
    page = browser.get("/admin/orders?standing=placed").text
    assert "2 orders are marked as delivered" in page
    name = re.search(r'name="undo" value="(\w+)"', page)
    assert name
    browser.send("/admin/orders/undo", undo=name[1])
    assert days(installation, first, second) == [[], [date(2026, 11, 8), date(2026, 11, 9)]]
    assert "as they were before" in browser.get("/admin/orders").text


def days(installation: Installation, *orders: OrderId) -> list[list[date]]:
    return [sorted(mark.moment.at.date() for mark in installation.stored(order).marks) for order in orders]


def test_undo_never_undoes_something_else(light: Installation) -> None:
    first, second = light.keep(an_order("1"), an_order("2"))
    browser = light.signed_in()
    browser.send(f"/admin/orders/{first}/delivered", on="2026-11-10")
    old = re.search(r'name="undo" value="(\w+)"', browser.get("/admin/").text)
    assert old
    browser.send(f"/admin/orders/{second}/delivered", on="2026-11-10")
    browser.send("/admin/orders/undo", undo=old[1])
    assert len(light.stored(first).marks) == len(light.stored(second).marks) == 1
    assert "can no longer be undone here" in browser.get("/admin/orders").text


def test_one_wrong_order_among_many_marks_none_and_keeps_the_choice(light: Installation) -> None:
    late = replace(an_order("2"), placed=Moment(datetime(2026, 11, 15, tzinfo=UTC), Source.PLATFORM))
    first, second = light.keep(an_order("1"), late)
    answer = light.signed_in().send("/admin/orders/delivered", order=[first, second], on="2026-11-10")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Order 2 cannot have arrived before it was ordered" in answer.text
    assert answer.text.count(" checked") == 2
    assert 'value="2026-11-10"' in answer.text
    assert days(light, first, second) == [[], []]


def test_marking_nothing_says_what_to_do(light: Installation) -> None:
    light.keep(an_order())
    answer = light.signed_in().send("/admin/orders/delivered", on="2026-11-10")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Tick at least one row" in answer.text
