"""Owners set how long personal data is kept, within the bounds of each class."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from plugin.domain.retention import RULES, Kept
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Installation

PAGE = "/admin/retention"
USUAL = {kept.value: "" for kept in Kept}


def test_an_owner_sets_days_and_takes_them_back(light: Installation) -> None:
    browser, records = light.signed_in(Role.OWNER), light.storage.retention
    assert browser.send(PAGE, form_at=PAGE, **{**USUAL, "mail": "7"}).status_code == HTTPStatus.SEE_OTHER
    assert records.settings(MERCHANT).days == {Kept.MAIL: 7}
    assert 'name="mail" type="text" value="7"' in browser.get(PAGE).text
    browser.send(PAGE, form_at=PAGE, **USUAL)
    assert records.settings(MERCHANT).days_of(Kept.MAIL) == RULES[Kept.MAIL].days


@pytest.mark.parametrize("days", ["4", "366", "-7", "a week", "７"])
def test_days_out_of_bounds_are_told_at_their_field_and_nothing_is_saved(light: Installation, days: str) -> None:
    answer = light.signed_in(Role.OWNER).send(PAGE, form_at=PAGE, **{**USUAL, "mail": days, "parked": "30"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Type a whole number of days from 5 to 365" in answer.text
    assert 'name="parked" type="text" value="30"' in answer.text
    assert light.storage.retention.settings(MERCHANT).days == {}


def test_nobody_below_an_owner_sees_or_sets_them(light: Installation) -> None:
    browser = light.signed_in(Role.MANAGER)
    assert browser.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert browser.send(PAGE, form_at="/admin/account", **USUAL).status_code == HTTPStatus.FORBIDDEN
