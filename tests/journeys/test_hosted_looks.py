"""The shopper's pages for every eye: every page that is written below `plugin/web`, in the state that says most.

Each is seen in two of four languages by turns, narrow and wide, light and dark (`tests/support/looks.py`); nothing is
found by axe, sticks out, is lost when letters are spread, or moves. A walk with the Tab key leads through each.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plugin.demo.policy import demo_policy
from plugin.domain.artwork import Artwork, ArtworkKind
from plugin.domain.certificates import StoredFile
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.usecases.prove_shopper import session_token
from tests.build import NOW, PLACED, a_product
from tests.support import databases
from tests.support.admin import RIVAL, install, listening
from tests.support.looks import LANGUAGES, NARROW, faults, is_turn, walk
from tests.support.templates import Rendered, whole_pages
from tests.support.withdrawing import Withdrawing
from tests.web.portal import test_tracking as parcels
from tests.web.portal.conftest import Portal, a_portal
from tests.web.portal.test_choice import LOST, late
from tests.web.portal.test_status import opened
from tests.web.security.world import Side, a_side

pytestmark = [pytest.mark.browser, pytest.mark.draws]  # in the full size every way of looking

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"></svg>'
FILE = StoredFile("image/svg+xml", len(SVG), "0" * 64)
LAMP = TraitRule(
    "lamp",
    Trait.PRODUCER_GUARANTEE,
    Scope(products=frozenset({"501"})),
    is_confirmed=True,
    months=60,
    producer="Lumo AB",
)
BLUEPRINTS = ("portal", "withdrawal", "aftersales", "documents")
LEADS_ON = {"aftersales/on.html"}
"""A page that is left before anybody sees it: a link, for browsers that do not go on by themselves."""
PRESSED = ("withdraw refused", "withdraw check", "withdraw receipt", "find refused")


@dataclass
class Street:
    """Two shops: a claim, a parcel and a withdrawal are under way at the first, the second shows its documents."""

    url: str
    portal: Portal
    papers: Side
    paths: dict[str, str]
    """Of the pages that an address leads to; those that a button leads to come after them: `PRESSED`."""

    @property
    def pages(self) -> tuple[str, ...]:
        return (*self.paths, *PRESSED)


@pytest.fixture(scope="module")
def street(run_folder: Path, tmp_path_factory: pytest.TempPathFactory, law: Law) -> Iterator[Street]:
    home = tmp_path_factory.mktemp("street")
    shutil.copyfile(databases.migrated_file(run_folder), home / "aftercare.sqlite3")
    running = install(databases.sqlite(home / "aftercare.sqlite3"), home, law)
    portal, papers = a_portal(running), a_side(running, RIVAL)
    _hang_out_papers(papers)
    with listening(running.app) as url:
        yield Street(url, portal, papers, _paths(portal, papers))
    running.storage.close()


def _hang_out_papers(side: Side) -> None:
    """The official notice in every language, and the label of a product that its producer guarantees."""
    policy = replace(demo_policy(PLACED), id="labelled", effective_from=PLACED - timedelta(days=1), traits=(LAMP,))
    with side.at.deps.units(side.merchant) as unit:
        unit.policies.add(policy)
        unit.products.save(side.shop.id, [a_product()])
        for language in LANGUAGES:
            unit.artworks.add(Artwork(f"notice-{language}", ArtworkKind.NOTICE, language, None, FILE, NOW), SVG)
        unit.artworks.add(Artwork("garan", ArtworkKind.LABEL, "en", LAMP.id, FILE, NOW), SVG)
        unit.commit()


def _paths(portal: Portal, papers: Side) -> dict[str, str]:
    function = Withdrawing(portal.installation)
    function.declare(reply_to="eve@example.com")
    proof = re.search(r"/s/\S+/withdraw/proof/[^?\s]+", function.letters()[-1].text)
    assert proof
    late_parcel, followed = late(portal, LOST), parcels.follow(portal)
    secrets, until = portal.installation.deps.secrets, NOW + timedelta(hours=1)
    held = ShopperSession(portal.shop.id, Proof.LINK_OPENED, until, orders=(portal.order, followed))
    status, _ = opened(portal)
    lines = portal.opened()
    reason = portal.answer(lines, line="2")
    evidence = portal.answer(reason, reason="quality.defective")
    remedy = portal.answer(evidence)
    confirm = portal.answer(remedy, remedy="repair")
    shop, documents = f"/s/{portal.shop.key}", f"/s/{papers.shop.key}/documents"
    steps = {"lines": lines, "reason": reason, "evidence": evidence, "remedy": remedy, "confirm": confirm}
    return {
        "find": portal.home,
        "orders": f"{portal.home}/{session_token(secrets, held)}",
        **steps,
        "status": status,
        "gone": f"{portal.home}/nobody",
        "find parcels": f"{shop}/tracking",
        "parcels": parcels.found(portal),
        "choice": late_parcel.link(late_parcel.alert.offered[0]),
        "withdraw": function.path,
        "proof": proof[0],
        "no such shop": "/s/nobody/withdraw",
        "policy": f"{shop}/LANGUAGE/DE",
        "no such country": f"{shop}/LANGUAGE/XX",
        "certificates": f"{documents}/certificates",
        "notice": f"{documents}/notice",
        "label": f"{documents}/label?product=501",
    }


def bring_up(page: Page, street: Street, language: str, names: Collection[str]) -> Iterator[str]:
    """These pages in this language, one after the other, by name."""
    for name, path in street.paths.items():
        if name not in names:
            continue
        address = street.url + path.replace("LANGUAGE", language)
        page.goto(address if "LANGUAGE" in path else f"{address}{'&' if '?' in path else '?'}lang={language}")
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        yield name
    yield from (name for name in _pressed(page, street, language) if name in names)


def _pressed(page: Page, street: Street, language: str) -> Iterator[str]:
    """`PRESSED`, one after the other: each needs the one before it."""
    page.goto(f"{street.url}{street.paths['withdraw']}?lang={language}")
    page.locator("button.official").click()
    expect(page.locator("#name")).to_be_focused()
    yield "withdraw refused"
    for name, text in (("name", "Ida" * 30), ("reference", "1" * 120), ("reply_to", f"{'a' * 60}@example.com")):
        page.fill(f"#{name}", text)
    page.locator("button.official").click()
    expect(page.locator("[name=change]")).to_be_visible()
    page.wait_for_load_state()  # what is laid out again while somebody tabs through it moves away from the focus
    yield "withdraw check"
    page.locator("button.official").click()
    expect(page.locator("[data-print]")).to_be_visible()
    yield "withdraw receipt"
    page.goto(f"{street.url}{street.paths['find']}?lang={language}")
    page.fill("#number", "9")
    page.fill("#email", "ida@example.com")
    page.locator("main form button").first.click()
    expect(page.locator("#fault")).to_be_focused()
    yield "find refused"


def test_every_page_is_for_everyone_in_four_languages(street: Street, browser: Browser) -> None:
    found: dict[str, dict[str, object]] = {}
    with Rendered(street.portal.installation.app) as rendered:
        for language in LANGUAGES:
            context = browser.new_context(locale=language)
            page = context.new_page()
            places = {name: place for place, name in enumerate(street.pages) if is_turn(language, place)}
            for name in bring_up(page, street, language, places):
                found[f"{name} {language}"] = faults(page, language, places[name])
            context.close()
    assert {place: fault for place, fault in found.items() if fault} == {}
    assert whole_pages(*BLUEPRINTS) - rendered.names - LEADS_ON == set()


def test_tab_leads_through_every_page_in_the_order_it_is_read(street: Street, browser: Browser) -> None:
    """Each stop can be seen, is marked, lies in front, and the way comes to an end."""
    context = browser.new_context(viewport={"width": NARROW, "height": 640}, locale="ar", reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name in bring_up(page, street, "ar", street.pages):
        found[name] = [f"{stop.told}: {fault}" for stop in walk(page) for fault in stop.faults]
    context.close()
    assert {name: fault for name, fault in found.items() if fault} == {}
