"""Take in a shop whose platform has shown who controls it: the shop's side of the proof.

A shop nobody vouches for gets a merchant of its own. To join a merchant there is, that side has to agree too: by a join
code of an owner, or because the caller has the owner before it. A shop that is here already stays whose it is.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from plugin.domain.access import JoinCodeUnusable, Token, is_owner, is_secret_of, is_usable
from plugin.domain.errors import Conflict, Invalid
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.shop import JoinCode, Merchant, ProvenShop, Shop
from plugin.domain.shop_name import distinct_name
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Directory, UnitOfWork, Units

_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Means:
    ids: Ids
    secrets: Secrets
    now: datetime


class ShopBelongsToAnother(Conflict):
    """The shop is another merchant's than the one it should join; moving it would need its owner's word as well."""

    code = "shop_belongs_to_another"


def install_shop(  # noqa: PLR0913 - the proofs of both sides, and the ports it takes
    proven: ProvenShop,
    *,
    owner: MerchantId | None,
    join_code: str | None,
    directory: Directory,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
) -> Shop:
    """The shop at this address: unchanged when it is known (a reinstall), else new.

    A new shop joins `owner`, whose side the caller has proved itself (a signed-in owner, the operator at the command
    line), or the merchant whose `join_code` is given, which is used up in the same transaction; with neither it gets
    a merchant of its own, named after it. A refusal creates nothing: `JoinCodeUnusable`; `ShopBelongsToAnother` when
    the shop is known and another merchant's than the one to join; `Invalid` when code and owner name two merchants.
    """
    code = None if join_code is None else _parsed(join_code)
    joins = _named(owner, code)
    proof = code if owner is None else None
    means = _Means(ids, secrets, now)
    tries = count(1)
    while (known := directory.shop_by_address(proven.platform, proven.address)) is None:
        try:
            if joins is None:
                return _found(proven, directory, units, means)
            return _join(proven, joins, proof, units, means)
        except Conflict:  # somebody took the address, or the name, between our look and our write: look again
            if next(tries) == _TRIES:
                raise
    if joins not in {None, known.merchant}:
        raise ShopBelongsToAnother({"address": proven.address})
    return known


def _parsed(join_code: str) -> Token:
    code = Token.parse(join_code.strip())
    if code is None:
        raise JoinCodeUnusable
    return code


def _named(owner: MerchantId | None, code: Token | None) -> MerchantId | None:
    """The merchant that is named as the one to join."""
    if owner and code and owner != code.merchant:
        raise Invalid({"field": "join_code"})
    return owner or (code.merchant if code else None)


def _found(proven: ProvenShop, directory: Directory, units: Units, means: _Means) -> Shop:
    """The shop in a merchant of its own."""
    name = distinct_name(proven, {known.name for known in directory.merchants()})
    merchant = Merchant(MerchantId(means.ids.new()), name, created_at=means.now)
    with units(merchant.id) as unit:
        unit.shops.add_merchant(merchant)
        shop = _add(proven, unit, means)
        unit.commit()
    return shop


def _join(proven: ProvenShop, merchant: MerchantId, proof: Token | None, units: Units, means: _Means) -> Shop:
    """The shop in a merchant there is.

    The code is used after the shop is added: of two installs of one shop by one code, the later one meets the shop
    (`Conflict`) and not a used code.
    """
    with units(merchant) as unit:
        code = None if proof is None else known_code(proof, unit, means.secrets)
        shop = _add(proven, unit, means)
        if code is not None:
            use_code(code, unit, means.now)
        unit.commit()
    return shop


def _add(proven: ProvenShop, unit: UnitOfWork, means: _Means) -> Shop:
    shop = Shop(
        id=ShopId(means.ids.new()),
        merchant=unit.merchant,
        name=distinct_name(proven, {known.name for known in unit.shops.all()}),
        platform=proven.platform,
        key=means.secrets.token(),
        created_at=means.now,
        address=proven.address,
    )
    unit.shops.add(shop)
    return shop


def known_code(token: Token, unit: UnitOfWork, secrets: Secrets) -> JoinCode:
    """The code on record. Raises `JoinCodeUnusable` unless the token holds its secret."""
    code = unit.staff.join_code(token.record)
    if code is None or not is_secret_of(code, secrets.hash(token.secret)):
        raise JoinCodeUnusable
    return code


def use_code(code: JoinCode, unit: UnitOfWork, now: datetime) -> None:
    """Use it up. Raises `JoinCodeUnusable`."""
    if not is_owner(unit.staff.get(code.made_by)):
        raise JoinCodeUnusable({"reason": "withdrawn"})
    if not is_usable(code, now) or not unit.staff.use_join_code(code.id, now):
        raise JoinCodeUnusable({"reason": "used" if now < code.expires_at else "expired"})
