"""What a link in a letter about a parcel leads to: the choice in words, and one button that makes it.

Opening the page changes nothing. What can no longer be chosen says so, and leads to where the parcel is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request

from plugin.domain.declaration import Picked
from plugin.domain.errors import Conflict, DomainError, Invalid
from plugin.domain.ids import ClaimId
from plugin.domain.money import Money
from plugin.domain.shopper_session import NoSuchPage
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.usecases.choose_about_parcel import Chooser, choose, is_withdrawal
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import known_claim
from plugin.usecases.prove_shopper import claim_token, tracking_token
from plugin.usecases.tracking.choice_link import ChoiceLink, read_choice
from plugin.usecases.tracking.situation import parcel_units, promised_voucher
from plugin.usecases.tracking.tracking_link import HOLDS
from plugin.web.deps import deps
from plugin.web.portal.visit import Visit, visit, written
from plugin.web.problems import error_text
from plugin.wording.claim.money import amount_text
from plugin.wording.order_language import language_of

LONGEST_ADDRESS = 500
_OF_THE_PARCEL = frozenset({Choice.WAIT, Choice.ADDRESS})
"""What needs no units that nobody has claimed."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A link that was opened: what it stands for, the alert as it is now, and what is in the parcel."""

    at: Visit
    link: ChoiceLink
    token: str
    alert: Alert
    stored: StoredOrder
    units: Sequence[Picked]
    voucher: Money | None
    claim: ClaimId | None
    """What carries it out, once there is one: a declared withdrawal becomes a claim a moment later."""

    @property
    def is_made(self) -> bool:
        """Whether this very choice was made."""
        return self.alert.chosen is not None and self.alert.chosen.choice is self.link.choice

    @property
    def is_open(self) -> bool:
        """Whether it can be made now."""
        is_offered = self.alert.is_running and self.link.choice in self.alert.offered
        is_free = bool(self.units) or self.link.choice in _OF_THE_PARCEL
        is_given = self.link.choice is not Choice.VOUCHER or self.voucher is not None
        return self.alert.chosen is None and is_offered and is_free and is_given


def show(shop_key: str, token: str) -> Response:
    """The choice, or what became of it."""
    return _page(_opened(shop_key, token))


def make(shop_key: str, token: str) -> Response:
    """Make it: once, however often the button is pressed; what is not possible any more changes nothing."""
    here, needs = _opened(shop_key, token), deps()
    address = written(request.form.get("address", ""), LONGEST_ADDRESS)
    chooser = Chooser(here.link.choice, here.at.words.language, address)
    desk, now = desk_of(needs, here.at.shop.merchant), needs.clock.now()
    try:
        choose(here.alert.id, chooser, shop=here.at.shop, desk=desk, letters=needs.declaration_letters, now=now)
    except Conflict:
        return here.at.see("choice", token=token)
    except Invalid as error:
        return _page(here, error, address)
    return here.at.see("choice", token=token)


def _opened(shop_key: str, token: str) -> Chosen:
    """Raises `NoSuchPage` unless the link is one of ours, its time is not over, and its shopper was not erased."""
    at, needs = visit(shop_key), deps()
    link = read_choice(token, at.shop.id, needs.secrets, needs.clock.now())
    with needs.units.read(at.shop.merchant) as unit:
        alert = unit.alerts.get(link.alert)
        stored = unit.orders.get(alert.order)
        if stored.order.shopper.is_erased:
            raise NoSuchPage
        units = tuple(parcel_units(unit.shipments.get(alert.shipment), stored, unit))
        voucher = promised_voucher(alert, stored.order, unit)
        claim = known_claim(alert.chosen.claim, unit) if alert.chosen and alert.chosen.claim else None
    at = visit(shop_key, language_of(stored.order))
    return Chosen(
        at, link, token, alert, stored, units, voucher.amount if voucher else None, claim.id if claim else None
    )


def _page(here: Chosen, error: DomainError | None = None, address: str = "") -> Response:
    words, needs = here.at.words, deps()
    now = needs.clock.now()
    response = here.at.page(
        "choice.html",
        token=here.token,
        choice=here.link.choice.value,
        text=f"tracking.choice.{_text(here)}_text",
        heading=_label(here),
        number=here.stored.order.number,
        parcel=here.alert.facts.number,
        units=here.units,
        is_open=here.is_open,
        is_made=here.is_made,
        claim=claim_token(needs.secrets, here.at.shop.id, here.claim) if here.claim else None,
        tracking=tracking_token(needs.secrets, here.at.shop.id, here.stored.id, now + HOLDS),
        fault=error_text(words, error.code) if error else None,
        address=address,
        longest=LONGEST_ADDRESS,
    )
    if error is not None:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _text(here: Chosen) -> str:
    """Which words say what the choice does: nobody is promised money that somebody has yet to decide about."""
    needs, choice = deps(), here.link.choice
    if choice is not Choice.CANCEL or not here.is_open:
        return choice.value
    desk = desk_of(needs, here.at.shop.merchant)
    return choice.value if is_withdrawal(here.alert, desk=desk, now=needs.clock.now()) else "cancel_claim"


def _label(here: Chosen) -> str:
    words, choice = here.at.words, here.link.choice
    if choice is Choice.VOUCHER and here.voucher is not None:
        return words.text("tracking.choice.voucher", amount=amount_text(here.voucher, words))
    return words.text(f"tracking.choice.{Choice.WAIT if choice is Choice.VOUCHER else choice}")
