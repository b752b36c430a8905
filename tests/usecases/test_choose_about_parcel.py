"""What a shopper chooses is done once, by the claims there are, and only while it can be done."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.goodwill import VOUCHER
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.effects import OpenWithdrawal, SendVoucher
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, DeclarationId, MerchantId, ShipmentId, StaffId
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy
from plugin.domain.shopper_session import NoSuchPage
from plugin.domain.tracking.alert_settings import AlertSettings, Thanks
from plugin.domain.tracking.exceptions.alert import Alert, ChoiceMade
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.report import Report
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.choose_about_parcel import AddressNeeded
from plugin.usecases.claim.act import read_claim
from plugin.usecases.open_withdrawal import open_withdrawal
from plugin.usecases.tracking.choice_link import HOLDS, ChoiceLink, choice_token, read_choice
from plugin.usecases.tracking.raise_alerts import raise_alerts
from tests.build import MERCHANT, a_shop
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment, expecting
from tests.domain.tracking.reports import S, at, scan
from tests.fakes.sources import FakeSecrets
from tests.support.alerts import ParcelDesk, a_sent_order

C = Choice
PICKED_UP = scan(S.IN_TRANSIT, 10)
LOST = scan(S.LOST, 40)
NOW = at(8 * DAY)


def late() -> tuple[ParcelDesk, Alert]:
    desk = ParcelDesk()
    return desk, desk.hear(PICKED_UP, days=8)[0]


def lost(report: Report = LOST) -> tuple[ParcelDesk, Alert]:
    desk = ParcelDesk()
    return desk, desk.hear(PICKED_UP, report, days=2)[0]


def test_waiting_is_recorded_and_the_desk_still_looks() -> None:
    desk, alert = late()
    chosen = desk.choose(alert, C.WAIT, NOW)
    assert chosen.chosen is not None
    assert (chosen.chosen.choice, chosen.chosen.claim, chosen.needs_attention) == (C.WAIT, None, True)
    assert desk.alerts == [chosen]


def test_calling_off_before_it_arrives_is_a_withdrawal_with_its_acknowledgement() -> None:
    desk, alert = late()
    chosen = desk.choose(alert, C.CANCEL, NOW)
    assert chosen.chosen is not None
    declaration = DeclarationId(str(chosen.chosen.claim))
    assert OpenWithdrawal(MERCHANT, declaration) in desk.units.effects(MERCHANT)
    assert f"acknowledged-{declaration}" in desk.mails
    open_withdrawal(declaration, desk=desk.desk, now=NOW)
    with desk.units.read(MERCHANT) as unit:
        claim = read_claim(ClaimId(declaration), unit)
    assert [(each.order_line, each.quantity) for each in claim.lines] == [("11", 1)]
    assert claim.withdrawal is not None


def test_where_no_law_lets_anybody_withdraw_calling_off_is_a_claim_for_the_money() -> None:
    desk = ParcelDesk(a_sent_order(country="US"))
    (alert,) = desk.hear(PICKED_UP, days=8)
    chosen = desk.choose(alert, C.CANCEL, NOW)
    assert chosen.chosen is not None
    assert chosen.chosen.claim == alert.id
    (claim,) = claims(desk)
    assert [(each.reason, each.wanted) for each in claim.lines] == [("logistics.arrived_late", Remedy.REFUND)]


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (LOST, "logistics.lost"),
        (scan(S.EXCEPTION, 40, message="Parcel damaged"), "logistics.damaged_in_transit"),
        (scan(S.RETURNING, 40), "logistics.lost"),
    ],
)
@pytest.mark.parametrize(("choice", "wanted"), [(C.REFUND, Remedy.REFUND), (C.RESEND, Remedy.REPLACEMENT)])
def test_what_does_not_come_is_claimed_with_the_carrier_asked(
    report: Report, reason: str, choice: Choice, wanted: Remedy
) -> None:
    desk, alert = lost(report)
    desk.choose(alert, choice, NOW)
    (claim,) = claims(desk)
    assert [(each.reason, each.wanted, each.quantity) for each in claim.lines] == [(reason, wanted, 1)]
    assert (claim.is_proven, claim.needs_person) == (True, True)


def test_a_new_address_is_kept_for_the_desk() -> None:
    desk = ParcelDesk()
    (alert,) = desk.hear(PICKED_UP, scan(S.FAILED_ATTEMPT, 30), days=2)
    with pytest.raises(AddressNeeded):
        desk.choose(alert, C.ADDRESS, NOW, "  Wien ")
    chosen = desk.choose(alert, C.ADDRESS, NOW, " Ida Holm\nHofgasse 1\n1010 Wien ")
    assert (chosen.address, chosen.needs_attention) == ("Ida Holm\nHofgasse 1\n1010 Wien", True)


def test_the_voucher_stands_on_a_claim_that_holds_nothing_and_counts_against_the_budget() -> None:
    desk = thanking(900)
    (alert,) = desk.hear(PICKED_UP, days=8)
    mails = set(desk.mails)
    desk.choose(alert, C.VOUCHER, NOW)
    desk.choose(alert, C.VOUCHER, NOW)
    (claim,) = claims(desk)
    assert [(each.kind, each.amount, each.by) for each in claim.goodwill] == [(VOUCHER, Money(500, "EUR"), "kaja")]
    assert claim.stage is Stage.CLOSED
    assert [each for each in desk.units.effects(MERCHANT) if isinstance(each, SendVoucher)] == [
        SendVoucher(MERCHANT, claim.id, 1)
    ]
    with desk.units.read(MERCHANT) as unit:
        assert unit.claim_desk.goodwill(StaffId("kaja"), NOW.date(), "EUR") == Money(500, "EUR")
    assert set(desk.mails) == mails


def test_the_voucher_is_the_one_in_the_letter_whatever_the_merchant_wants_since() -> None:
    desk = thanking(900)
    (alert,) = desk.hear(PICKED_UP, days=8)
    with desk.units(MERCHANT) as unit:
        unit.alerts.save_settings(AlertSettings(), NOW)
        unit.commit()
    desk.choose(alert, C.VOUCHER, NOW)
    (claim,) = claims(desk)
    assert [(each.amount, each.by) for each in claim.goodwill] == [(Money(500, "EUR"), "kaja")]


def test_a_parcel_that_is_late_in_two_ways_gives_one_voucher() -> None:
    desk = thanking(9000)
    both = desk.hear(PICKED_UP, days=8, expected=expecting(8))
    assert [C.VOUCHER in each.offered for each in both] == [True, False]
    desk.choose(next(each for each in both if each.has_voucher), C.VOUCHER, NOW)
    with desk.units(MERCHANT) as unit:
        told = replace(desk.alerts[1], offered=(C.VOUCHER,), mail="before")
        unit.alerts.save([told])
        unit.commit()
    with pytest.raises(ChoiceMade):
        desk.choose(told, C.VOUCHER, NOW)
    assert len(claims(desk)) == 1


def test_vouchers_in_letters_count_into_the_budget_until_they_cannot_be_taken() -> None:
    desk = thanking(900)
    other = a_shipment(id=ShipmentId("s2"), belongs_to="f2").with_reports([PICKED_UP])
    with desk.units(MERCHANT) as unit:
        unit.shipments.save([other])
        unit.commit()
    desk.hear(PICKED_UP, days=8)
    raise_alerts([other.id], merchant=MERCHANT, means=desk.means, now=NOW)
    assert [C.VOUCHER in each.offered for each in desk.alerts] == [True, False]
    desk.choose(desk.alerts[0], C.CANCEL, NOW)
    with desk.units.read(MERCHANT) as unit:
        assert unit.alerts.promised("EUR") == Money(0, "EUR")


def thanking(budget: int) -> ParcelDesk:
    """Return a desk that thanks who waits with 5 EUR, of so many cents a month."""
    desk = ParcelDesk()
    with desk.units(MERCHANT) as unit:
        unit.alerts.save_settings(AlertSettings(thanks=Thanks((Money(500, "EUR"),), StaffId("kaja"))), NOW)
        unit.claim_desk.save_settings(ClaimSettings(goodwill=(Money(budget, "EUR"),)), NOW)
        unit.commit()
    return desk


@pytest.mark.parametrize("choice", [C.RESEND, C.REFUND])
def test_pressing_twice_does_it_once(choice: Choice) -> None:
    desk, alert = lost()
    first = desk.choose(alert, choice, NOW)
    assert desk.choose(alert, choice, NOW) == first
    assert len(claims(desk)) == 1


def test_declaring_twice_declares_once() -> None:
    desk, alert = late()
    first, again = desk.choose(alert, C.CANCEL, NOW), desk.choose(alert, C.CANCEL, NOW)
    assert first.chosen == again.chosen
    assert len(desk.units.of(MERCHANT).declarations) == 1


def test_who_has_chosen_cannot_choose_something_else() -> None:
    desk, alert = lost()
    desk.choose(alert, C.RESEND, NOW)
    with pytest.raises(ChoiceMade):
        desk.choose(alert, C.REFUND, NOW)
    assert len(claims(desk)) == 1


def test_nothing_is_called_off_by_the_link_once_the_parcel_moved_on() -> None:
    desk, alert = late()
    desk.hear(scan(S.DELIVERED, 8.1 * DAY), days=8.2)
    with pytest.raises(ChoiceMade):
        desk.choose(alert, C.CANCEL, at(8.3 * DAY))
    assert not desk.units.of(MERCHANT).declarations


@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_withdrawal_stands_if_and_only_if_the_choice_does_whenever_the_parcel_arrives(before: int) -> None:
    desk, alert = late()
    units = Interrupted(desk, before)
    with suppress(Conflict):
        desk.choose(alert, C.CANCEL, NOW, units=units)
    assert (desk.alerts[0].chosen is not None) == bool(desk.units.of(MERCHANT).declarations)


@dataclass
class Interrupted:
    """Units of work between which the parcel arrives: just before so many of them that may write were opened."""

    desk: ParcelDesk
    left: int

    def __call__(self, merchant: MerchantId) -> AbstractContextManager[UnitOfWork]:
        self.left -= 1
        if self.left == 0:
            self.desk.hear(scan(S.DELIVERED, 8.01 * DAY), days=8.02)
        return self.desk.units(merchant)

    def read(self, merchant: MerchantId) -> AbstractContextManager[UnitOfWork]:
        return self.desk.units.read(merchant)


LINK = ChoiceLink("s1-lost-1", C.REFUND, NOW + HOLDS)
SECRETS = FakeSecrets()


def test_a_link_stands_for_one_choice_about_one_alert_for_a_month() -> None:
    shop = a_shop().id
    token = choice_token(LINK, shop, SECRETS)
    assert read_choice(token, shop, SECRETS, NOW) == LINK
    with pytest.raises(NoSuchPage):
        read_choice(token, shop, SECRETS, LINK.until)
    with pytest.raises(NoSuchPage):
        read_choice(token, a_shop("Other").id, SECRETS, NOW)


@given(text=st.text(max_size=80), at_=st.integers(0, 60), letter=st.sampled_from("Aa0_-.="))
def test_whatever_else_is_sent_opens_nothing(text: str, at_: int, letter: str) -> None:
    shop = a_shop().id
    token = choice_token(LINK, shop, SECRETS)
    changed = token[:at_] + letter + token[at_ + 1 :]
    for other in {text, changed} - {token}:
        with pytest.raises(NoSuchPage):
            read_choice(other, shop, SECRETS, NOW)


def claims(desk: ParcelDesk) -> list[Claim]:
    with desk.units.read(MERCHANT) as unit:
        return [read_claim(each, unit) for each in unit.claims.of_order(desk.alerts[0].order)]
