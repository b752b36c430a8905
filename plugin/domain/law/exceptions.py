"""Which order lines have no right of withdrawal (CRD art. 16 and its counterparts): line by line, never per order."""

from collections.abc import Callable, Mapping

from plugin.domain.law.facts import GoodsTraits
from plugin.domain.law.jurisdiction import Jurisdiction

Ground = Callable[[GoodsTraits], bool]


def _unsealed_hygiene(traits: GoodsTraits) -> bool:
    return traits.is_sealed_hygiene and traits.is_unsealed_after_delivery


def _unsealed_av_or_software(traits: GoodsTraits) -> bool:
    return traits.is_sealed_av_or_software and traits.is_unsealed_after_delivery


def _single_newspaper(traits: GoodsTraits) -> bool:
    return traits.is_newspaper_or_magazine and not traits.is_subscription


def _digital_content_begun(traits: GoodsTraits) -> bool:
    """All three: express consent, acknowledgement that the right is lost, confirmation on a durable medium."""
    consent = traits.is_started_with_express_consent and traits.is_loss_acknowledged
    return traits.is_digital_content and consent and traits.is_confirmed_on_durable_medium


# Exception code of the rulebook -> the facts under which it applies. A code not listed here rests on facts nobody
# reports per line (an insurance, an air passage), so it never takes a right away.
_GROUNDS: Mapping[str, Ground] = {
    "CRD16a_service_fully_performed": lambda traits: traits.is_service_fully_performed,
    "CRD16b_price_fluctuation": lambda traits: traits.is_price_fluctuating,
    "CRD16c_custom_made_or_personalised": lambda traits: traits.is_personalised,
    "CRD16d_perishable": lambda traits: traits.is_perishable,
    "CRD16e_sealed_hygiene_unsealed": _unsealed_hygiene,
    "CRD16f_inseparably_mixed": lambda traits: traits.is_inseparably_mixed,
    "CRD16g_alcohol_futures": lambda traits: traits.is_alcohol_future,
    "CRD16h_urgent_repair_visit": lambda traits: traits.is_urgent_repair_visit,
    "CRD16i_sealed_av_software_unsealed": _unsealed_av_or_software,
    "CRD16j_newspaper_periodical_not_subscription": _single_newspaper,
    "CRD16k_public_auction": lambda traits: traits.is_public_auction,
    "CRD16l_dated_accommodation_leisure_catering": lambda traits: traits.is_dated_leisure,
    "CRD16m_digital_content_started_with_consent": _digital_content_begun,
    "custom_made": lambda traits: traits.is_personalised,
    "perishable": lambda traits: traits.is_perishable,
    "newspaper": _single_newspaper,
    "opened_hygiene": _unsealed_hygiene,
    "opened_av_software": _unsealed_av_or_software,
    "opened_digital_media": _unsealed_av_or_software,
    "digital_content_with_consent": _digital_content_begun,
    "auction": lambda traits: traits.is_public_auction,
}


def exception_of(traits: GoodsTraits, jurisdiction: Jurisdiction) -> str | None:
    """The code of the first exception the country's law makes for such goods, or None: the right remains."""
    codes = jurisdiction.withdrawal.exceptions
    return next((code for code in codes if code in _GROUNDS and _GROUNDS[code](traits)), None)
