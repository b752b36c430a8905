"""The law all EU and EEA countries share, declared once; country files hold only what is national.

Each rule names its article, the day it applies from and the day its text was last checked. Field names are those of
`jurisdiction.py`; a country file may override a field (EEA states without the repair extension).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

CHECKED_ON = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of EU law: what it sets, by which articles, since when."""

    name: str
    sources: tuple[str, ...]
    """Source ids with article, resolvable by `Rulebook.source`."""
    valid_from: date
    checked_on: date
    sets: Mapping[str, object]


def _rule(name: str, sources: tuple[str, ...], valid_from: date, sets: Mapping[str, object]) -> Rule:
    return Rule(name, sources, valid_from, CHECKED_ON, MappingProxyType(dict(sets)))


_CRD_APPLIES = date(2014, 6, 13)
_SGD_APPLIES = date(2022, 1, 1)
_REPAIR_APPLIES = date(2026, 7, 31)

WITHDRAWAL_PERIOD = _rule(
    "withdrawal period",
    ("CRD art. 9",),
    _CRD_APPLIES,
    {
        "exists": True,
        "days": 14,
        "starts": "delivery_last_item",
        "starts_detail": {
            "single_good": "physical possession by consumer or indicated third party other than carrier",
            "multiple_goods_one_order": "last good",
            "lots_or_pieces": "last lot or piece",
            "regular_delivery": "first good",
            "services_and_digital_content": "contract conclusion",
        },
        "may_exercise_before_start": True,
    },
)
COUNTING = _rule(
    "counting of days",
    ("R1182 art. 3",),
    date(1971, 7, 1),
    {
        "unit": "calendar",
        "day_of_event_counted": False,
        "weekend_rule": "next_working_day",
        "weekend_rule_basis": "Reg. 1182/71 Art. 3(4); holidays of the Member State where action is taken",
        "period_end": "end_of_last_day_local",
    },
)
TIMELY = _rule("sent in time", ("CRD art. 11(2)",), _CRD_APPLIES, {"timely_if": "statement_sent_before_end"})
NOT_INFORMED = _rule(
    "not informed",
    ("CRD art. 10",),
    _CRD_APPLIES,
    {
        "not_informed_extension": {
            "months": 12,
            "counted_from": "end_of_initial_period",
            "if_informed_within_months": 12,
            "then_days_from_information": 14,
        },
    },
)
REFUND = _rule(
    "refund",
    ("CRD art. 13",),
    _CRD_APPLIES,
    {
        "refund_days": 14,
        "refund_from": "trader_informed",
        "may_withhold_until": "goods_back_or_proof_of_sending_whichever_first",
        "refund_standard_delivery_cost": True,
        "refund_supplementary_delivery_cost": False,
        "same_means_of_payment": True,
    },
)
RETURN_OF_GOODS = _rule(
    "return of goods",
    ("CRD art. 14",),
    _CRD_APPLIES,
    {
        "return_days": 14,
        "return_from": "consumer_communicated",
        "return_met_by": "sending_before_end",
        "who_pays_return_default": "consumer_if_informed_else_trader",
        "diminished_value_liability": "only_excess_handling_and_only_if_informed",
    },
)
EXCEPTIONS = _rule(
    "exceptions",
    ("CRD art. 16",),
    _CRD_APPLIES,
    {
        "exceptions": [
            "CRD16a_service_fully_performed",
            "CRD16b_price_fluctuation",
            "CRD16c_custom_made_or_personalised",
            "CRD16d_perishable",
            "CRD16e_sealed_hygiene_unsealed",
            "CRD16f_inseparably_mixed",
            "CRD16g_alcohol_futures",
            "CRD16h_urgent_repair_visit",
            "CRD16i_sealed_av_software_unsealed",
            "CRD16j_newspaper_periodical_not_subscription",
            "CRD16k_public_auction",
            "CRD16l_dated_accommodation_leisure_catering",
            "CRD16m_digital_content_started_with_consent",
        ],
    },
)
WITHDRAWAL_FUNCTION = _rule(
    "withdrawal function",
    ("D2673",),
    date(2026, 6, 19),
    {
        "withdrawal_function": {
            "required": True,
            "since": "2026-06-19",
            "national_basis": None,
            "verified": False,
            "note": "national transposition not checked; Art. 11a of the Directive is the default",
        },
    },
)
GUARANTEE = _rule(
    "legal guarantee",
    ("SGD art. 10", "SGD art. 13"),
    _SGD_APPLIES,
    {
        "starts": "delivery",
        "weekend_rule": "not_applied_nominal",
        "remedies": "repair_or_replacement_at_consumer_choice_then_price_reduction_or_termination",
    },
)
REPAIR_EXTENSION = _rule(
    "extension after repair",
    ("SGD art. 10(2a)",),
    _REPAIR_APPLIES,
    {
        "repair_extension_months": 12,
        "repair_extension": {
            "once": True,
            "contracts_from": "2026-07-31",
            "basis": "2019/771 Art. 10(2a)",
        },
    },
)

WITHDRAWAL_RULES = (
    WITHDRAWAL_PERIOD,
    COUNTING,
    TIMELY,
    NOT_INFORMED,
    REFUND,
    RETURN_OF_GOODS,
    EXCEPTIONS,
    WITHDRAWAL_FUNCTION,
)
GUARANTEE_RULES = (GUARANTEE, REPAIR_EXTENSION)
