"""Find what an operator means by a name: a merchant, or a shop of one."""

from collections.abc import Sequence

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.shop import Merchant, Shop
from plugin.ports.unit_of_work import Directory, Units


class ShopUnknown(NotFound):
    """No shop has this name."""

    code = "shop_unknown"


class MerchantUnknown(NotFound):
    """No merchant has this name."""

    code = "merchant_unknown"


class Ambiguous(Conflict):
    """More than one merchant could be meant; naming the merchant tells them apart."""

    code = "merchant_ambiguous"


def find_shop(name: str, merchant: str | None, *, directory: Directory, units: Units) -> Shop:
    """The shop of this name, of the merchant of that name if given. Raises `ShopUnknown` and `Ambiguous`."""
    found = shops_named(name, merchant, directory=directory, units=units)
    if not found:
        raise ShopUnknown({"field": "shop", "shop": name})
    if len(found) > 1:
        raise Ambiguous({"field": "merchant", "shop": name})
    return found[0]


def find_merchant(name: str | None, *, directory: Directory, units: Units) -> Merchant:
    """The merchant of this name, or the only one; merchants of nothing but demo shops count only when named.

    Raises `MerchantUnknown` and `Ambiguous`.
    """
    found = candidates(name, directory=directory, units=units)
    if not found:
        raise MerchantUnknown({"field": "merchant", "merchant": name})
    if len(found) > 1:
        raise Ambiguous({"field": "merchant"})
    return found[0]


def shops_named(name: str, merchant: str | None, *, directory: Directory, units: Units) -> Sequence[Shop]:
    """Every shop of this name."""
    found = (_shop(name, known, units) for known in directory.merchants() if merchant is None or known.name == merchant)
    return [shop for shop in found if shop is not None]


def candidates(name: str | None, *, directory: Directory, units: Units) -> Sequence[Merchant]:
    """The merchants that may be meant by this name, or by none."""
    if name is not None:
        return [known for known in directory.merchants() if known.name == name]
    return [known for known in directory.merchants() if not _is_demo(known, units)]


def _shop(name: str, merchant: Merchant, units: Units) -> Shop | None:
    with units.read(merchant.id) as unit:
        return unit.shops.by_name(name)


def _is_demo(merchant: Merchant, units: Units) -> bool:
    with units.read(merchant.id) as unit:
        shops = unit.shops.all()
    return bool(shops) and all(shop.is_demo for shop in shops)
