"""What the merchant states about spare parts and repair, in the editor of the policy."""

from __future__ import annotations

from tests.support.admin import Installation
from tests.support.policy_forms import DRAFT, draft_of, save, write_draft

PAGE = f"{DRAFT}/in/repairs"


def test_spare_parts_of_some_goods_are_stated_and_an_entry_that_says_nothing_is_a_fault(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    browser.send(f"{DRAFT}/add", form_at=PAGE, place="repairs", version="0", what="repairs", name="Lamps")
    assert draft_of(light).document["repairs"] == [{"id": "lamps"}]
    assert "This says nothing yet." in browser.get(PAGE).text
    typed = {
        "scope.categories": "Lamps\nLanterns",
        "parts_years": "7",
        "parts_from": "4,90",
        "parts_from.currency": "eur",
        "manual": "https://parts.example/lamp.pdf",
        "service.en": "Our workshop in Kiel.",
    }
    save(browser, PAGE, "repairs-0", **{f"repairs.0.{name}": value for name, value in typed.items()})
    assert draft_of(light).document["repairs"] == [
        {
            "id": "lamps",
            "scope": {"categories": ["Lamps", "Lanterns"]},
            "parts_years": 7,
            "parts_from": {"minor": 490, "currency": "EUR"},
            "manual": "https://parts.example/lamp.pdf",
            "service": {"en": "Our workshop in Kiel."},
        }
    ]
    assert "This says nothing yet." not in browser.get(PAGE).text
    browser.send(f"{DRAFT}/remove", form_at=PAGE, place="repairs", version="2", entry="repairs.0")
    assert draft_of(light).document["repairs"] == []


def test_an_address_that_is_none_is_told_at_its_field(light: Installation) -> None:
    write_draft(light)
    browser = light.signed_in()
    browser.send(f"{DRAFT}/add", form_at=PAGE, place="repairs", version="0", what="repairs", name="")
    save(browser, PAGE, "repairs-0", **{"repairs.0.price_list": "javascript:alert(1)"})
    page = browser.get(PAGE).text
    assert "This is not written the way it has to be." in page
    assert "javascript:alert(1)" in page
