"""The way from the portal to the withdrawal function: beside the claim, never a reason within it."""

from dataclasses import dataclass

from flask import url_for

from plugin.domain.law.withdrawal_function import has_withdrawal_function_law
from plugin.domain.shopper_session import Proof
from plugin.usecases.withdrawal_link import goods_link_token, order_link_token
from plugin.web.deps import deps
from plugin.web.portal.visit import Visit
from plugin.web.portal.writing import Claiming
from plugin.web.storefront import order_token
from plugin.wording.withdrawal import withdraw_words


@dataclass(frozen=True, slots=True)
class WithdrawalLink:
    """The official words, in their own language where the reader's has none, and where they lead."""

    address: str
    label: str
    language: str


def withdrawal_link(at: Visit) -> WithdrawalLink | None:
    """For somebody whose order is not known yet; None while the shop has not switched the function on."""
    return None if at.shop.withdrawal_since is None else _link(at, None, None)


def withdrawal_of_order(at: Claiming) -> WithdrawalLink | None:
    """With the order's goods to pick from; None where no law wants the function, whatever a clock says otherwise."""
    country = at.case.stored.order.place.country
    is_off = at.at.shop.withdrawal_since is None
    if is_off or country is None or not has_withdrawal_function_law(country, deps().law.rulebook):
        return None
    return _link(at.at, country, _token(at))


def _token(at: Claiming) -> str:
    """By what the session has proven: number and address lead to the form alone, never to what is kept back of them."""
    secrets, order, shop = deps().secrets, at.case.stored.id, at.at.shop.id
    match at.writing.session.proof:
        case Proof.LINK_OPENED:
            return order_link_token(order, shop, secrets)
        case Proof.SIGNED_IN:
            return order_token.issue(secrets, shop, order)
        case Proof.MAIL_EQUALS_ORDER:
            return goods_link_token(order, shop, secrets)


def _link(at: Visit, country: str | None, order: str | None) -> WithdrawalLink:
    said = withdraw_words(at.words, country)
    language = at.words.language
    address = url_for("withdrawal.form", shop_key=at.shop.key, lang=language, country=country, order=order)
    return WithdrawalLink(address, said.text, said.language)
