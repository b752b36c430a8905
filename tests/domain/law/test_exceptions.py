"""Which goods cannot be withdrawn from, line by line."""

from collections.abc import Callable, Mapping
from dataclasses import fields

import pytest

from plugin.domain.law.exceptions import exception_of
from plugin.domain.law.facts import GoodsTraits
from plugin.domain.law.rulebook import Rulebook

Ask = Callable[..., Mapping[str, object]]
DIGITAL = ("digital_content", "started_with_express_consent", "acknowledged_loss", "confirmation_on_durable_medium")


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ((), None),
        (("personalised",), "CRD16c_custom_made_or_personalised"),
        (("made_to_order_from_catalogue_options",), None),
        (("perishable",), "CRD16d_perishable"),
        (("sealed_hygiene",), None),
        (("unsealed_after_delivery",), None),
        (("sealed_hygiene", "unsealed_after_delivery"), "CRD16e_sealed_hygiene_unsealed"),
        (("sealed_hygiene", "protective_film_removed"), None),
        (("protective_film_removed",), None),
        (("inseparably_mixed",), "CRD16f_inseparably_mixed"),
        (("sealed_av_or_software", "unsealed_after_delivery"), "CRD16i_sealed_av_software_unsealed"),
        (("newspaper_or_magazine",), "CRD16j_newspaper_periodical_not_subscription"),
        (("newspaper_or_magazine", "subscription"), None),
        (DIGITAL, "CRD16m_digital_content_started_with_consent"),
        (DIGITAL[1:], None),
        *[(tuple(flag for flag in DIGITAL if flag != left_out), None) for left_out in DIGITAL],
    ],
)
def test_an_exception_needs_every_one_of_its_facts(ask: Ask, flags: tuple[str, ...], reason: str | None) -> None:
    answer = ask("exception", "DE", **dict.fromkeys(flags, True))
    assert answer == {"right_of_withdrawal": reason is None, "reason": reason}


@pytest.mark.parametrize(
    ("country", "flag", "reason"),
    [
        ("GB", "perishable", "CRD16d_perishable"),
        ("NO", "personalised", "CRD16c_custom_made_or_personalised"),
        ("CN", "personalised", "custom_made"),
        ("TW", "perishable", "perishable"),
        ("KR", "perishable", None),
        ("BR", "personalised", None),
        ("ZA", "perishable", None),
        ("US", "perishable", "no_statutory_right"),
    ],
)
def test_each_countrys_own_list_decides(ask: Ask, country: str, flag: str, reason: str | None) -> None:
    assert ask("exception", country, **{flag: True}) == {"right_of_withdrawal": reason is None, "reason": reason}


def test_a_mixed_cart_is_decided_line_by_line(ask: Ask) -> None:
    cheese, pen = {"item": "cheese", "perishable": True}, {"item": "pen"}
    assert ask("exception", "FR", cart=[cheese, pen]) == {
        "right_of_withdrawal": "partial",
        "reason": ["cheese:CRD16d_perishable", "pen:right"],
    }
    assert ask("exception", "FR", cart=[pen])["right_of_withdrawal"] is True
    assert ask("exception", "FR", cart=[cheese])["right_of_withdrawal"] is False


def test_no_single_trait_takes_the_right_away_by_two_names(rulebook: Rulebook) -> None:
    germany = rulebook.jurisdiction("DE")
    for name in (field.name for field in fields(GoodsTraits)):
        code = exception_of(GoodsTraits(**{name: True}), germany)
        assert code is None or code.startswith("CRD16")
    assert exception_of(GoodsTraits(), germany) is None
