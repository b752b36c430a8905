"""What shops' plugins say in an order's `meta_data`: the few keys that are read, and what they decide.

A key may repeat and its value may be any JSON (REST v3, WooCommerce 10.5); the first usable value counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Raw

from integrations.platforms.woocommerce.fields import raw_words
from integrations.platforms.woocommerce.origins import ORIGIN_KEYS
from integrations.platforms.woocommerce.pricing import RATES
from integrations.platforms.woocommerce.records import Meta
from integrations.platforms.woocommerce.tracking import TRACKING_KEYS

Metas = Mapping[str, Sequence[Raw]]

_LANGUAGES: Final = ("wpml_language", "_order_language", "pll_language", "_pll_language", "trp_language")
_VAT_NUMBERS: Final = (
    "_billing_vat_number",
    "_vat_number",
    "vat_number",
    "billing_vat_number",
    "_billing_eu_vat_number",
)
_WITHDRAWN: Final = "_order_withdrawal_requested"
_VAT_CHECKED: Final = "_vat_number_is_validated"
_VAT_VALID: Final = "_vat_number_is_valid"
_WANTED: Final = frozenset(
    (
        *_LANGUAGES,
        *_VAT_NUMBERS,
        _VAT_CHECKED,
        _VAT_VALID,
        *RATES,
        *RATES.values(),
        *TRACKING_KEYS,
        *ORIGIN_KEYS,
        _WITHDRAWN,
    )
)
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
_DIGIT: Final = re.compile(r"[0-9]")


def wanted(entries: Iterable[Meta]) -> Metas:
    """The values of the keys that are read, in order."""
    found: dict[str, list[Raw]] = {}
    for entry in entries:
        if entry.key in _WANTED:
            found.setdefault(entry.key, []).append(entry.value)
    return found


def language(metas: Metas) -> str | None:
    """The order's language as WPML, Polylang or TranslatePress noted it; the code is the shop's own choice."""
    for value in _values(metas, _LANGUAGES):
        if _LANGUAGE_TAG.fullmatch(value):
            return value.replace("_", "-")
    return None


def is_business(metas: Metas) -> bool:
    """Whether the shopper gave a VAT number, unless the plugin checked it and found it invalid.

    A "-" typed into the field is no number: it must not cost a consumer their rights. `is_vat_exempt` says nothing
    about the shopper, and a company name is no proof either.
    """
    if _says(metas, _VAT_CHECKED, "true") and _says(metas, _VAT_VALID, "false"):
        return False
    return any(_DIGIT.search(value) for value in _values(metas, _VAT_NUMBERS))


def is_withdrawn(metas: Metas) -> bool:
    """Whether WooCommerce's own withdrawal form (11.1, a feature that is off by default) was sent for this order.

    It marks the order whose number and billing address were typed in, once; what else was typed goes by mail alone.
    """
    return _says(metas, _WITHDRAWN, "yes")


def _values(metas: Metas, keys: Iterable[str]) -> Iterable[str]:
    return (raw_words(value) for key in keys if key in metas for value in metas[key])


def _says(metas: Metas, key: str, word: str) -> bool:
    return word in _values(metas, (key,))
