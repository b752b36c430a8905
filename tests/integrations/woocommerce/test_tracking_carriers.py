"""Carriers are known by the names that shipment plugins write on orders."""

from __future__ import annotations

import pytest

from plugin.domain.shop_events import OrderSeen
from plugin.domain.tracking.carriers import carrier_named
from tests.support.woocommerce import raw_orders, translated

TYPED_BY_SHOPS = {"Kurier 24/7", "My Local Courier", "Spedition Krüger"}
"""Custom providers of the recorded orders, which nobody can know."""

PROVIDERS = {
    # Shipment Tracking, its providers by country, as a public description of the plugin lists them (read 2026-11-22)
    "Shipment Tracking": """
        Australia Post; Fastway Couriers; post.at; dhl.at; DPD.at; Correios; bpost; Canada Post; Purolator; PPL.cz;
        Česká pošta; DHL.cz; DPD.cz; Itella; Colissimo; Hermes; Deutsche Post DHL; UPS Germany; DPD.de; DPD.ie; An Post;
        BRT (Bartolini); DHL Express; DTDC; PostNL; DPD.NL; UPS; Courier Post; NZ Post; Aramex New Zealand;
        PBT Couriers; InPost; DPD.PL; Poczta Polska; Fan Courier; DPD Romania; Urgent Cargus; SAPO;
        PostNord Sverige AB; DHL.se; Bring.se; UPS.se; DB Schenker; DHL; DPD.co.uk; EVRi; ParcelForce; Royal Mail;
        DHL US; DHL eCommerce; Fedex; FedEx Sameday; GlobalPost; OnTrac; USPS; ASENDIA USA
    """,
    # Advanced Shipment Tracking and AfterShip write slugs: those of the recorded orders, and more made the same way
    "Advanced Shipment Tracking": """
        usps; fedex; ups; dhl-germany; dhl-parcel-uk; royal-mail; postnord-sverige-ab; correos-spain; hermes-de;
        gls-italy; dpd-uk; australia-post; canada-post; china-ems; yun-express; 4px; new-zealand-post; posten-norge;
        la-poste; mondial-relay; matkahuolto; dao365; nova-poshta; hellenic-post; lithuania-post
    """,
    "AfterShip": """
        usps; fedex; ups; dhl; dhl-germany; dpd; dpd-uk; dpd-poland; gls; gls-spain; royal-mail; postnl-3s; swiss-post;
        china-post; china-ems; hong-kong-post; japan-post; korea-post; sf-express; yanwen; cainiao; tnt; tnt-it;
        exapaq; ctt-portugal; poste-italiane; chronopost; la-poste-colissimo; mondial-relay; israel-post
    """,
}


@pytest.mark.parametrize("plugin", PROVIDERS)
def test_a_plugin_s_providers_are_known(plugin: str) -> None:
    names = [name.strip() for name in PROVIDERS[plugin].split(";")]
    assert [name for name in names if carrier_named(name) is None] == []


def test_the_carrier_of_every_recorded_parcel_is_known_but_those_the_shop_made_up() -> None:
    seen = [event.order for event in map(translated, raw_orders()) if isinstance(event, OrderSeen)]
    parcels = [parcel for order in seen for each in order.fulfilments for parcel in each.parcels]
    names = {parcel.carrier for parcel in parcels if parcel.carrier}
    assert len(names) > 10
    assert {name for name in names if carrier_named(name) is None} == TYPED_BY_SHOPS
