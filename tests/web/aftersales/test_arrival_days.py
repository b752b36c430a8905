"""The days to expect goods, alone: the policy answer's, for blocks of a theme."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import order_lane
from plugin.domain.tracking.eta.spread import DayRange
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits


@pytest.fixture(autouse=True)
def lanes(units: FakeUnits, shop: Shop) -> None:
    fitted = Fitted(DayRange(1, 3), 40, is_six_day=False)
    with units(MERCHANT) as unit:
        unit.lanes.replace([LaneDays(order_lane(shop.id, "DE"), fitted, NOW.date())])
        unit.commit()


@pytest.mark.parametrize("country", ["DE", "FR"])
def test_the_days_are_those_of_the_policy_answer_and_kept_for_minutes_only(
    client: FlaskClient, shop: Shop, country: str
) -> None:
    query = {"country": country, "lang": "de"}
    answer = client.get(f"/s/{shop.key}/arrival.json", query_string=query)
    told = client.get(f"/storefront/v1/{shop.key}/policy", query_string=query).get_json()
    assert answer.get_json() == {"language": "de", "direction": "ltr", "arrival": told["arrival"]}
    assert (told["arrival"] is None) is (country == "FR")
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    again = client.get(
        f"/s/{shop.key}/arrival.json", query_string=query, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize(("key", "country", "status"), [(None, "Germany", 422), ("nobody", "DE", 404)])
def test_what_is_no_country_or_shop_is_a_problem(
    client: FlaskClient, shop: Shop, key: str | None, country: str, status: int
) -> None:
    answer = client.get(f"/s/{key or shop.key}/arrival.json", query_string={"country": country})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
