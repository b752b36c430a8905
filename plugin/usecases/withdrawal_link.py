"""Links of the withdrawal function: capabilities that only this installation can make, each good for one purpose.

A receipt shows what was declared to who declared it; a proof says that whoever has the order's mailbox stands behind a
declaration; an order's link opens the function with that order's goods to pick from. A link to an order's goods does
that too, for somebody who has shown number and address only, and proves nothing.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum

from plugin.domain.declaration import Declaration, UnknownDeclaration
from plugin.domain.ids import DeclarationId, OrderId, ShopId
from plugin.ports.secrets import Secrets, vouches

_LONGEST = 512


class _Purpose(StrEnum):
    RECEIPT = "withdrawal receipt v1"
    PROOF = "withdrawal proof v1"
    ORDER = "withdrawal order v1"
    GOODS = "withdrawal goods v1"


def receipt_token(declaration: Declaration, secrets: Secrets) -> str:
    """For the page that says it was received."""
    return _issue(_Purpose.RECEIPT, declaration.shop, declaration.id, secrets)


def read_receipt(token: str, shop: ShopId, secrets: Secrets) -> DeclarationId:
    """Raises `UnknownDeclaration`."""
    return DeclarationId(_read(_Purpose.RECEIPT, shop, token, secrets))


def proof_token(declaration: Declaration, secrets: Secrets) -> str:
    """For a mail to the order's own address; it proves nothing of any other order."""
    return _issue(_Purpose.PROOF, declaration.shop, f"{declaration.id}:{declaration.order}", secrets)


def read_proof(token: str, shop: ShopId, secrets: Secrets) -> tuple[DeclarationId, OrderId]:
    """The declaration, and the order whose mailbox the link was sent to. Raises `UnknownDeclaration`."""
    declaration, _, order = _read(_Purpose.PROOF, shop, token, secrets).partition(":")
    return DeclarationId(declaration), OrderId(order)


def order_link_token(order: OrderId, shop: ShopId, secrets: Secrets) -> str:
    """For a mail to the order's own address."""
    return _issue(_Purpose.ORDER, shop, order, secrets)


def read_order_link(token: str, shop: ShopId, secrets: Secrets) -> OrderId:
    """Raises `UnknownDeclaration`."""
    return OrderId(_read(_Purpose.ORDER, shop, token, secrets))


def goods_link_token(order: OrderId, shop: ShopId, secrets: Secrets) -> str:
    """For a page that number and address opened: it leads to the function's form alone, and to nothing kept back."""
    return _issue(_Purpose.GOODS, shop, order, secrets)


def read_goods_link(token: str, shop: ShopId, secrets: Secrets) -> OrderId:
    """Raises `UnknownDeclaration`."""
    return OrderId(_read(_Purpose.GOODS, shop, token, secrets))


def _issue(purpose: _Purpose, shop: ShopId, subject: str, secrets: Secrets) -> str:
    signature = secrets.sign(purpose.value, f"{shop}\0{subject}")
    return f"{_text(subject.encode())}.{_text(signature)}"


def _read(purpose: _Purpose, shop: ShopId, token: str, secrets: Secrets) -> str:
    named = token[:_LONGEST].partition(".")[0]
    try:
        subject = urlsafe_b64decode(named + "=" * (-len(named) % 4)).decode()
    except ValueError as error:
        raise UnknownDeclaration from error
    if not vouches(secrets, token, lambda each: _issue(purpose, shop, subject, each)):
        raise UnknownDeclaration
    return subject


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
