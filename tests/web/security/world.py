"""Two merchants on one installation, the second with something of everything, and what their shoppers hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from plugin.domain.artwork import Artwork, ArtworkKind
from plugin.domain.certificates import Certificate, CertificateKind, sniffed
from plugin.domain.claim.claim import Claim
from plugin.domain.companion import OrderPass
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.evidence import Evidence
from plugin.domain.ids import ClaimDraftId, DeclarationId, EvidenceId, MerchantId, OrderId, PersonId, RefundId
from plugin.domain.key_request import KeyRequest
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import Proof, ShopperSession
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.secrets import Secrets
from plugin.storage.tables import metadata
from plugin.usecases.companion_secret import companion_secret
from plugin.usecases.prove_shopper import claim_token, label_token, session_token, tracking_token
from plugin.usecases.tracking.choice_link import ChoiceLink, choice_token
from plugin.usecases.withdrawal_link import order_link_token, proof_token, receipt_token
from plugin.web.evidence import upload_token, view_link
from plugin.web.evidence.upload_token import UploadTicket
from plugin.web.storefront import order_token
from tests.build import DELIVERED, MERCHANT, NOW, PLACED, a_fulfilment, a_line, a_shop, a_shopper, an_event, an_order
from tests.integrations.shopify.signing import SHOP, buyer_claims, token
from tests.support.admin import RIVAL, Installation
from tests.support.alert_cases import keep_alert
from tests.support.carrier_accounts import SEVENTEEN_TRACK
from tests.support.claim_cases import POLICY, open_case
from tests.support.refunds import an_intent
from tests.support.returning import a_label

THEIRS: Final = "rival-secret"
"""In everything of the rival's that a page could show."""
OTHER_SHOP: Final = "other-shop.myshopify.com"
HOUR = timedelta(hours=1)
PDF = b"%PDF-1.7"


@dataclass(frozen=True)
class Side:
    """One merchant with a WooCommerce and a Shopify shop, and an order in each with everything around it."""

    at: Installation
    merchant: MerchantId
    shop: Shop
    at_shopify: Shop
    order: OrderId
    person: PersonId
    claim: Claim
    name: str
    """Ends every id that was made for this side."""

    @property
    def secrets(self) -> Secrets:
        return self.at.deps.secrets

    def session(self) -> str:
        """What a shopper gets who gave number and address."""
        until = self.at.clock.now() + HOUR
        held = ShopperSession(self.shop.id, Proof.LINK_OPENED, until, person=self.person, orders=(self.order,))
        return session_token(self.secrets, held)

    def claim_page(self) -> str:
        return claim_token(self.secrets, self.shop.id, self.claim.id)

    def label(self) -> str:
        return label_token(self.secrets, self.shop.id, a_label(f"label-{self.name}").id)

    def tracking(self) -> str:
        return tracking_token(self.secrets, self.shop.id, self.order, self.at.clock.now() + HOUR)

    def choice(self) -> str:
        link = ChoiceLink(f"parcel-{self.name}-alert", Choice.REFUND, self.at.clock.now() + HOUR)
        return choice_token(link, self.shop.id, self.secrets)

    def receipt(self) -> str:
        return receipt_token(self.declaration(), self.secrets)

    def proof(self) -> str:
        return proof_token(self.declaration(), self.secrets)

    def order_link(self) -> str:
        return order_link_token(self.order, self.shop.id, self.secrets)

    def order_panel(self) -> str:
        return order_token.issue(self.secrets, self.shop.id, self.order)

    def upload(self) -> dict[str, str]:
        """The header that lets files of the side's draft in."""
        ticket = UploadTicket(ClaimDraftId(f"files-{self.name}"), self.person, self.at.clock.now() + HOUR)
        return {"Authorization": f"Bearer {upload_token.issue(self.secrets, self.shop.id, ticket)}"}

    def file_view(self) -> str:
        viewer = view_link.viewer_of_draft(f"files-{self.name}")
        evidence = EvidenceId(f"file-{self.name}")
        return view_link.issue(self.secrets, self.shop.id, evidence, viewer, self.at.clock.now())

    def plugin_secret(self) -> str:
        secret = companion_secret(self.shop, self.secrets)
        assert secret
        return secret

    def hook_secret(self) -> str:
        """What the WooCommerce shop signs its webhooks with."""
        with self.at.deps.units.read(self.merchant) as unit:
            hooks = unit.hooks.get(self.shop.id)
        assert hooks
        return hooks.secret

    def order_pass(self, secret: str | None = None) -> str:
        """The shop's word that its customer is signed in."""
        said = OrderPass("4711", "7", (self.at.clock.now() + timedelta(minutes=5)).replace(microsecond=0))
        return said.write(self.shop.key, secret or self.plugin_secret())

    def customer(self) -> dict[str, str]:
        """The header of an extension in the Shopify shop's account, customer 7 signed in."""
        claims = buyer_claims(self.at.clock.now(), sub="gid://shopify/Customer/7", dest=self.at_shopify.address)
        return {"Authorization": f"Bearer {token(claims)}"}

    def declaration(self) -> Declaration:
        """Said through the side's withdrawal function."""
        words = Statement(f"{self.words} Holm", "4711", f"{self.words}@example.com")
        made = DeclarationId(f"declared-{self.name}")
        return Declaration(made, self.shop.id, words, NOW, "UTC", "en", "DE", self.order)

    @property
    def words(self) -> str:
        return THEIRS if self.merchant == RIVAL else "our-own"

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the merchant's, to see whether one changes."""
        with self.at.storage.engine.connect() as connection:
            return {
                table.name: [
                    tuple(row)
                    for row in connection.execute(
                        select(table).where(table.c.merchant_id == self.merchant).order_by(*table.primary_key.columns)
                    )
                ]
                for table in metadata.sorted_tables
                if "merchant_id" in table.c
            }


def a_side(at: Installation, merchant: MerchantId) -> Side:
    """Fill one merchant's shops."""
    is_rival = merchant == RIVAL
    name, address = ("theirs", OTHER_SHOP) if is_rival else ("ours", SHOP.name)
    shopify = a_shop(f"Shopify-{name}", platform=Platform.SHOPIFY, address=address, withdrawal_since=PLACED)
    with at.deps.units(merchant) as unit:
        unit.policies.add(POLICY)
        unit.shops.add(replace(shopify, merchant=merchant))
        shop = next(each for each in unit.shops.all() if each.platform is Platform.WOOCOMMERCE)
        unit.shops.switch_withdrawal(shop.id, PLACED)
        unit.shops.connect_companion(shop.id, PLACED)
        unit.hooks.open(shop.id, f"hook-secret-{name}")
        unit.commit()
    with at.deps.units.read(merchant) as unit:
        shop = unit.shops.get(shop.id)
    words = THEIRS if is_rival else "our-own"
    (order,) = at.keep(an_arrived(words), at=merchant, shop=shop.id, policy_version=POLICY.id)
    at.keep(
        replace(an_arrived(words), ref=OrderRef(Platform.SHOPIFY, f"65{len(name)}"), number=f"#65{len(name)}"),
        at=merchant, shop=shopify.id, policy_version=POLICY.id,
    )  # fmt: skip
    claim = open_case(at, order, quantity=1, words=words, at=merchant, draft=f"claimed-{name}")
    with at.deps.units.read(merchant) as unit:
        person = unit.people.behind([order])[order]
    side = Side(at, merchant, shop, replace(shopify, merchant=merchant), order, person, claim, name)
    _surround(side)
    return side


def an_arrived(words: str) -> Order:
    """Order 4711 of customer 7, two lanterns that arrived."""
    arrived = a_fulfilment(events=(an_event(DELIVERED),))
    shopper = a_shopper(f"{words}@example.com", name=words)
    return an_order(
        "4711", lines=(a_line("11", quantity=2, title=f"Lantern {words}"),), fulfilments=(arrived,), shopper=shopper
    )


def _surround(side: Side) -> None:
    name, at = side.name, side.at
    draft, paper = ClaimDraftId(f"files-{name}"), sniffed(PDF)
    file = EvidenceId(f"file-{name}")
    with at.deps.units(side.merchant) as unit:
        unit.declarations.add(side.declaration(), form=f"form-{name}", caller="192.0.2.1")
        unit.evidence.add(
            Evidence(file, side.shop.id, draft, side.person, f"{side.words}.jpg", "image/jpeg", 3, NOW, NOW)
        )
        unit.labels.save([a_label(f"label-{name}", order=side.order, claim=side.claim.id)])
        keep_alert(
            unit,
            side.order,
            side.shop.id,
            AlertKind.LOST,
            f"parcel-{name}",
            offered=(Choice.REFUND,),
            address=side.words,
        )
        unit.refunds.save([replace(an_intent(), id=RefundId(f"refund-{name}"), order=side.order)])
        unit.carrier_accounts.save(replace(SEVENTEEN_TRACK, push_token=f"push-{name}"))
        unit.key_requests.save(KeyRequest(f"asked-{name}", f"https://{side.words}.example", b"", None, NOW, NOW))
        shown = Certificate(f"paper-{name}", CertificateKind.CE, side.words, EVERYTHING, None, None, paper, NOW)
        unit.certificates.add(shown, PDF)
        unit.artworks.add(Artwork(f"art-{name}", ArtworkKind.NOTICE, "en", None, paper, NOW), PDF)
        unit.commit()


@dataclass(frozen=True)
class World:
    """Ours, and somebody else's."""

    installation: Installation
    ours: Side
    theirs: Side


def a_world(installation: Installation) -> World:
    """Both sides filled."""
    return World(installation, a_side(installation, MERCHANT), a_side(installation, RIVAL))
