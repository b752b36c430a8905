"""Where surfaces lead to the withdrawal function: under official words, for the countries whose law wants it."""

from __future__ import annotations

import msgspec
import pytest
from flask.testing import FlaskClient

from plugin.domain.shop import Shop
from plugin.web.storefront.schemas import OfficialLink, PolicyAnswer
from tests.build import MERCHANT
from tests.fakes.units import FakeUnits


def link(client: FlaskClient, shop: Shop, country: str, language: str = "en") -> OfficialLink | None:
    query = {"country": country, "lang": language}
    answer = client.get(f"/storefront/v1/{shop.key}/policy", query_string=query)
    return msgspec.json.decode(answer.data, type=PolicyAnswer).withdrawal


@pytest.mark.parametrize(
    ("country", "language", "words"),
    [
        ("DE", "de", ("Vertrag widerrufen", "de")),
        ("FR", "fr", ("Renoncer au contrat ici", "fr")),
        ("PL", "pl", ("Odstąp od umowy tutaj", "pl")),
        ("NO", "nb", ("Withdraw from contract here", "en")),
        ("DE", "ar", ("Withdraw from contract here", "en")),
        ("PT", "pt-BR", ("Retrate-se do contrato aqui", "pt")),
    ],
)
def test_it_is_offered_in_union_and_eea_under_the_official_words(
    client: FlaskClient, shop: Shop, country: str, language: str, words: tuple[str, str]
) -> None:
    found = link(client, shop, country, language)
    assert found is not None
    assert (found.text, found.language) == words
    assert found.url == f"https://aftercare.example/s/{shop.key}/withdraw?lang={language}&country={country}"


@pytest.mark.parametrize("country", ["CH", "GB", "US", "JP"])
def test_elsewhere_there_is_none(client: FlaskClient, shop: Shop, country: str) -> None:
    assert link(client, shop, country) is None


def test_while_it_is_off_there_is_none(client: FlaskClient, shop: Shop, units: FakeUnits) -> None:
    with units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(shop.id, None)
        unit.commit()
    assert link(client, shop, "DE") is None
