"""Numbers of carriers in North America.

Sources: USPS Publication 199 (Intelligent Mail package barcode) and Publication 91; Canada Post, "How to track"; for
OnTrac, LaserShip, Purolator, Amazon and GOFO tracking_number_data (MIT), gathered from printed labels.
"""

import re
from typing import Final

from plugin.domain.tracking import check_digits
from plugin.domain.tracking.rule import USA, Rule, ends_with

_CANADA: Final = frozenset({"CA"})
_POSTCODES: Final = (0, 8, 12)
"""How long `420` with a ZIP code is: not there, five digits, nine."""


def _is_impb(number: str) -> bool:
    """Whether the 22 or 26 digits behind the destination's ZIP code end in their check digit."""
    tails = (number[-length:] for length in (22, 26) if len(number) - length in _POSTCODES)
    return any(tail[0] == "9" and tail[-1] == check_digits.gs1(tail[:-1]) for tail in tails)


def _is_twenty(number: str) -> bool:
    """Printed in full, later numbers begin with 91, which the check digit then counts in."""
    return number[-1] in {check_digits.gs1(number[:-1]), check_digits.gs1(f"91{number[:-1]}")}


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "usps", "USPS", re.compile(r"(?:420[0-9]{5}(?:[0-9]{4})?)?9[1-5][0-9]{20}(?:[0-9]{4})?"), 70, _is_impb, 0, USA
    ),
    Rule("usps", "USPS", re.compile(r"(?:03|23|7[0-9])[0-9]{18}"), 12, _is_twenty, homes=USA),
    Rule("canada-post", "Canada Post", re.compile(r"[0-46-9][0-9]{15}"), 5, ends_with(check_digits.gs1), 0, _CANADA),
    Rule("purolator", "Purolator", re.compile(r"[0-5][0-9]{11}"), 1.5, ends_with(check_digits.luhn), 0, _CANADA),
    Rule("purolator", "Purolator", re.compile(r"[A-Z]{3}[0-9]{9}"), 3, homes=_CANADA),
    Rule("ontrac", "OnTrac", re.compile(r"[CD][0-9]{14}"), 25, ends_with(check_digits.ups), homes=USA),
    Rule("lasership", "LaserShip", re.compile(r"1LS(?:7[12][0-9]{10}|CX[A-Z0-9]{10})"), 40, homes=USA),
    Rule("amazon", "Amazon", re.compile(r"TB[ACM][0-9]{12}"), 70),
    Rule("gofo", "GOFO", re.compile(r"GFUS[0-9]{14}"), 40, homes=USA),
    Rule("landmark-global", "Landmark Global", re.compile(r"LTN[0-9]{8}N1"), 40),
)
