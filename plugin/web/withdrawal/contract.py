"""The order a shopper came from by a link of ours: its goods can be picked from, and the link is the proof."""

from contextlib import suppress
from dataclasses import dataclass

from plugin.domain.declaration import Contract, Picked, Proof, UnknownDeclaration
from plugin.domain.errors import NotFound
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.usecases.withdrawal_link import read_goods_link, read_order_link
from plugin.web.deps import deps
from plugin.web.storefront import order_token


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """The order and how its shopper is known; `token` is what the next page is told it by."""

    contract: Contract
    stored: StoredOrder
    token: str

    @property
    def units(self) -> tuple[Picked, ...]:
        """Every unit there is to pick; those that were taken off the order since are none."""
        lines = self.stored.order.lines
        left = (Picked(line.id, line.quantity - line.removed, _title(line.title, line.variant_title)) for line in lines)
        return tuple(each for each in left if each.quantity > 0)

    @property
    def has_mailbox(self) -> bool:
        """Whether they have shown that the order's mailbox is theirs: only they are shown who the order names."""
        return self.contract.proof is Proof.LINK_OPENED


def known_order(token: str, shop: Shop) -> KnownOrder | None:
    """The order of a token; None for one that is not ours: whoever comes with it declares as anybody may."""
    contract = _contract(token, shop) if token else None
    if contract is None:
        return None
    try:
        with deps().units.read(shop.merchant) as unit:
            return KnownOrder(contract, unit.orders.get(contract.order), token)
    except NotFound:
        return None


def _contract(token: str, shop: Shop) -> Contract | None:
    """By whichever link it is: a mailed one, that of the store's own order page, or of who gave number and address."""
    secrets = deps().secrets
    with suppress(UnknownDeclaration):
        return Contract(read_order_link(token, shop.id, secrets), Proof.LINK_OPENED)
    with suppress(order_token.UnknownOrder):
        return Contract(order_token.read(secrets, shop.id, token), Proof.SIGNED_IN)
    with suppress(UnknownDeclaration):
        return Contract(read_goods_link(token, shop.id, secrets), Proof.MAIL_EQUALS_ORDER)
    return None


def _title(title: str, variant: str | None) -> str:
    return f"{title} ({variant})" if variant else title
