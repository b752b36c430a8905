"""Numbers of the carriers that work worldwide: UPS, FedEx, DHL.

Sources: UPS Guide to Labeling; FedEx Express and Ground label layout specifications; DHL Express, "What does a waybill
number look like"; DHL Paket, GS1 SSCC with the company prefix of Deutsche Post (340); tracking_number_data (MIT).
"""

import re
from typing import Final

from plugin.domain.tracking import check_digits
from plugin.domain.tracking.rule import USA, Rule, ends_with, the_last

_GERMANY: Final = frozenset({"DE"})

_UPS: Final = (
    Rule("ups", "UPS", re.compile(r"1Z[A-Z0-9]{15}[0-9]"), 99, ends_with(check_digits.ups, skipping=2)),
    Rule("ups", "UPS", re.compile(r"[AHJKTV][0-9]{10}"), 4, ends_with(check_digits.ups, skipping=1)),
)


def _is_smartpost(number: str) -> bool:
    """Printed in full it begins with 92, which the check digit counts in."""
    return number[-1] == check_digits.gs1(f"92{number[:-1]}")


_FEDEX: Final = (
    Rule("fedex", "FedEx Express", re.compile(r"[0-9]{12}"), 3, ends_with(check_digits.fedex)),
    Rule("fedex", "FedEx Ground", re.compile(r"[0-9]{15}"), 8, ends_with(check_digits.gs1)),
    Rule("fedex", "FedEx Ground Economy", re.compile(r"61[0-9]{18}"), 15, _is_smartpost, homes=USA),
    Rule("fedex", "FedEx Ground Economy", re.compile(r"926129[0-9]{16}"), 40, ends_with(check_digits.gs1), homes=USA),
    Rule("fedex", "FedEx Ground", re.compile(r"96[0-9]{20}"), 60, the_last(15, check_digits.gs1)),
    Rule("fedex", "FedEx", re.compile(r"(?!420)[0-9]{34}"), 20, the_last(14, check_digits.fedex)),
)

_DHL: Final = (
    Rule("dhl", "DHL Express", re.compile(r"[0-9]{10}"), 4, ends_with(check_digits.modulo_7)),
    Rule("dhl", "DHL Express", re.compile(r"[0-9]{11}"), 0.6, ends_with(check_digits.modulo_7)),
    Rule("dhl", "DHL Express", re.compile(r"JD[0-9]{18}"), 25),
    Rule("dhl", "DHL", re.compile(r"JJD[0-9]{8,25}"), 15),
    Rule("dhl", "DHL", re.compile(r"JVGL[0-9]{8,20}"), 25),
    Rule("dhl", "DHL Paket", re.compile(r"00340[0-9]{15}"), 70, ends_with(check_digits.gs1)),
    Rule("dhl", "DHL Paket", re.compile(r"[0-9]{12}"), 3, ends_with(check_digits.identcode), homes=_GERMANY),
    Rule("dhl", "DHL eCommerce", re.compile(r"GM(?=[A-Z]*[0-9])[A-Z0-9]{10,37}"), 12),
    Rule("dhl", "DHL eCommerce", re.compile(r"(?:60|51)[0-9]{12}"), 0.6, homes=USA),
)

RULES: Final[tuple[Rule, ...]] = (*_UPS, *_FEDEX, *_DHL)
