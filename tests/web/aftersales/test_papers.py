"""What the page hands out: every link leads to what it names, and nothing is linked that is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from plugin.domain.artwork import ArtworkKind
from plugin.domain.certificates import CertificateKind
from plugin.domain.legal_documents import Piece
from plugin.domain.policy.scope import EVERYTHING, Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Shop
from plugin.i18n import PAGE_LANGUAGES, catalogue
from plugin.ports.deps import Deps
from plugin.usecases.add_artwork import NewArtwork, add_artwork
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from plugin.usecases.attest_text import Attestation, attest_text
from tests.build import MERCHANT, NOW
from tests.fakes.units import FakeUnits
from tests.support.named import named

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
PROOF = NewCertificate(CertificateKind.CE, "CE <all goods>", EVERYTHING, None, NOW.date() + timedelta(days=9), b"%PDF-")
GUARANTEE = TraitRule(
    "lamp",
    Trait.PRODUCER_GUARANTEE,
    Scope(products=frozenset({"501"})),
    is_confirmed=True,
    months=60,
    producer="Lumo AB",
)
LINK = re.compile(r'<a href="([^"]+/documents/[^"]+)"[^>]*><bdi>([^<]+)</bdi>')
Links = Callable[..., dict[str, str]]


@pytest.fixture
def links(client: FlaskClient, shop: Shop) -> Links:
    """Words and addresses of the documents a page links, each of them opened; those that end so alone, if asked."""

    def links(language: str = "de", country: str = "DE", opened: str = "") -> dict[str, str]:
        page = client.get(f"/s/{shop.key}/{language}/{country}")
        assert page.status_code == HTTPStatus.OK
        found = {unescape(text): unescape(address) for address, text in LINK.findall(page.text)}
        for address in (address for text, address in found.items() if text.endswith(opened)):
            assert client.get(address).status_code == HTTPStatus.OK, address
        return found

    return links


def publish(units: FakeUnits, policy: PolicyVersion, since: timedelta = timedelta(days=1)) -> None:
    with units(MERCHANT) as unit:
        unit.policies.add(replace(policy, effective_from=NOW - since))
        unit.commit()


def attest(deps: Deps, language: str, country: str | None = None) -> None:
    given = Attestation(Piece.INSTRUCTION, language, country, "Belehrung\nWiderruf an {trader}.")
    attest_text(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW)


def upload(deps: Deps, kind: ArtworkKind, trait: str | None = None) -> None:
    given = NewArtwork(kind, "de", trait, SVG)
    add_artwork(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW)


def prove(deps: Deps, given: NewCertificate = PROOF) -> None:
    add_certificate(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW)


def test_the_form_is_there_as_pdf_and_text_in_every_language(links: Links) -> None:
    """The PDF is opened in every sixth; tests/documents/test_pdf.py draws it in each."""
    for place, language in enumerate(PAGE_LANGUAGES):
        with named(language):
            name = catalogue(language).text("document.form")
            found = links(language, opened="" if place % 6 == 0 else "(TXT)")
            assert list(found) == [f"{name} (PDF)", f"{name} (TXT)"]
            assert all(address.endswith(f"country=DE&lang={language}") for address in found.values())


def test_a_link_tells_the_language_of_the_words_behind_it(client: FlaskClient, shop: Shop) -> None:
    """No official German form is shipped; English stands in for it, and says so itself."""
    address, language = re.findall(
        r'href="([^"]+withdrawal_form\.txt[^"]*)" hreflang="(\w+)"', client.get(f"/s/{shop.key}/de/DE").text
    )[0]
    answer = client.get(unescape(address))
    assert language == answer.headers["Content-Language"] == "en"
    assert answer.text.startswith(catalogue("de").text("document.english"))


@pytest.mark.parametrize("country", ["US", "JP", "GB", "CH"])
def test_where_the_directive_does_not_hold_nothing_it_prescribes_is_offered(
    links: Links, deps: Deps, country: str
) -> None:
    attest(deps, "de")
    upload(deps, ArtworkKind.NOTICE)
    assert len(links(country="DE")) == 5
    assert links(country=country) == {}


def test_the_form_is_not_offered_while_it_cannot_be_filled_in(
    links: Links, units: FakeUnits, policy: PolicyVersion
) -> None:
    markets = tuple(replace(market, trader=None) for market in (policy.default, *policy.markets))
    publish(units, replace(policy, id="later", default=markets[0], markets=markets[1:]))
    assert links() == {}


def test_the_instruction_is_linked_once_its_official_text_is_attested(links: Links, deps: Deps) -> None:
    attest(deps, "en")
    assert not [name for name in links() if name.startswith("Widerrufsbelehrung")], "English does not stand in for it"
    attest(deps, "de", "DE")
    assert {"Widerrufsbelehrung (PDF)", "Widerrufsbelehrung (TXT)"} <= links().keys()
    assert "Widerrufsbelehrung (PDF)" not in links(country="AT"), "it was attested for Germany"


def test_the_notice_is_linked_in_the_languages_it_was_uploaded_in(links: Links, deps: Deps) -> None:
    upload(deps, ArtworkKind.NOTICE)
    assert links()["Gesetzliche Gewährleistung"].endswith("/documents/notice?lang=de")
    assert catalogue("fr").text("right.legal_guarantee") not in links("fr")


def test_the_label_is_linked_where_a_producer_guarantees_everything(
    links: Links, deps: Deps, units: FakeUnits, policy: PolicyVersion
) -> None:
    label, rule = "GARAN · Ganzes Etikett zeigen", replace(GUARANTEE, scope=EVERYTHING)
    publish(units, replace(policy, id="later", traits=(rule,)))
    assert label not in links(), "the guarantee has no artwork yet"
    upload(deps, ArtworkKind.LABEL, rule.id)
    assert label in links()
    assert label in links("de", "US"), "a producer's guarantee knows no borders"
    publish(units, replace(policy, id="latest", traits=(GUARANTEE,)), since=timedelta(hours=1))
    assert label not in links(), "a guarantee of some goods is labelled at those"


def test_documents_of_everything_are_listed_by_their_names_while_they_are_valid(links: Links, deps: Deps) -> None:
    prove(deps)
    prove(deps, replace(PROOF, name="expired", expires_on=date(2020, 1, 1)))
    prove(deps, replace(PROOF, name="of one product", scope=Scope(products=frozenset({"501"}))))
    assert [name for name in links() if "Widerruf" not in name] == ["CE <all goods>"]
    assert list(links("en", "US")) == ["CE <all goods>"]


def test_in_a_frame_documents_open_outside_of_it(client: FlaskClient, shop: Shop) -> None:
    html = client.get(f"/s/{shop.key}/de/DE?embed=1").text
    outside = html.count("/documents/") + html.count("https://nordlicht.example/repair/lantern")
    assert outside == html.count('target="_blank" rel="noopener"') > 1
    assert 'target="_blank"' not in client.get(f"/s/{shop.key}/de/DE").text


def test_spare_parts_and_repair_are_told_by_goods(client: FlaskClient, shop: Shop) -> None:
    html = client.get(f"/s/{shop.key}/de/DE").text
    part = html[html.index('id="repair"') :]
    assert "Erhältlich für 7 Jahre" in part
    assert "Ab 4,90" in part
    assert "Unsere Werkstatt in Flensburg" in part
    assert 'href="https://nordlicht.example/repair/lantern"' in part
