"""What things cost, said once: by the way the goods would take, and by the price of the line."""

from dataclasses import replace

from plugin.domain.claim_engine.cost_sheet import CostRow, CostSheet, Journey, journey_of
from plugin.domain.claim_engine.costs import Costs
from plugin.domain.money import Money
from plugin.domain.policy.identity import Address, ReturnAddress
from tests.domain.claim_engine.asked import a_policy


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


PRICE = eur(4_995)
ROW = CostRow("EUR", label=eur(500), label_abroad=eur(1_500), duty=eur(350), handling=eur(100))
SHEET = CostSheet((CostRow("USD", label=Money(1, "USD")), ROW), resale=8_000, goods=4_000)
AT_HOME, IN_THE_UNION, FROM_AFAR = Journey("DE", "DE"), Journey("PL", "DE"), Journey("NO", "DE")


def told(journey: Journey, sheet: CostSheet = SHEET) -> tuple[Money | None, Money | None]:
    costs = sheet.costs_of(PRICE, journey)
    return costs.label, costs.duty


def test_a_label_costs_what_its_way_costs_and_duty_is_due_only_over_a_customs_border() -> None:
    assert told(AT_HOME) == (eur(500), eur(0))
    assert told(IN_THE_UNION) == (eur(1_500), eur(0))
    assert told(FROM_AFAR) == (eur(1_500), eur(350))


def test_a_way_that_nobody_knows_costs_nobody_knows_what() -> None:
    assert told(Journey(None, "DE")) == (None, None)
    assert told(Journey("DE", None)) == (None, None)


def test_where_one_price_is_set_it_is_that_of_every_way() -> None:
    assert told(Journey("DE", None), CostSheet((replace(ROW, label_abroad=None),))) == (eur(500), None)


def test_shares_are_of_the_price_of_the_line_and_what_nobody_set_stays_open() -> None:
    costs = SHEET.costs_of(PRICE, AT_HOME)
    assert (costs.replacement, costs.resale, costs.handling) == (eur(1_998), 8_000, eur(100))
    assert (costs.part, costs.repair, costs.outbound) == (None, None, None)
    assert CostSheet().costs_of(PRICE, Journey(None, None)) == Costs()


def test_goods_go_back_to_the_country_that_all_return_addresses_are_in() -> None:
    def at(*countries: str) -> Journey:
        places = tuple(
            ReturnAddress(f"at{no}", "Returns", Address(("Street 1",), country)) for no, country in enumerate(countries)
        )
        return journey_of("PL", replace(a_policy(), return_addresses=places))

    assert at("DE", "DE") == Journey("PL", "DE")
    assert at("DE", "GB") == Journey("PL", None)
    assert journey_of("PL", None) == Journey("PL", None)


def test_without_a_row_of_its_currency_nothing_is_known_and_no_border_costs_nothing_in_it() -> None:
    costs = SHEET.costs_of(Money(100, "GBP"), AT_HOME)
    assert (costs.label, costs.duty) == (None, Money(0, "GBP"))


def test_a_share_of_less_than_nothing_is_nothing() -> None:
    assert SHEET.costs_of(eur(-5_000), AT_HOME).replacement == eur(0)
    assert SHEET.costs_of(eur(3), AT_HOME).replacement == eur(1)


def test_what_the_row_of_its_currency_names_is_what_it_costs() -> None:
    row = CostRow("EUR", outbound=eur(1), part=eur(2), repair=eur(3), handling=eur(4))
    assert CostSheet((row,)).costs_of(PRICE, AT_HOME) == Costs(
        duty=eur(0), outbound=eur(1), part=eur(2), repair=eur(3), handling=eur(4)
    )
