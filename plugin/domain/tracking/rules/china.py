"""Numbers of carriers that send parcels from China across borders. None of them publishes a check digit.

Sources: YunExpress and 4PX, "Track" pages (`YT` and 16 digits; `4PX`, 13 digits, `CN`); Cainiao Global (`LP` and 14
digits); Yanwen (the shape of S10 with `YP`, a code no country has); SF Express (`SF` and 12 or 13 digits).
"""

import re
from typing import Final

from plugin.domain.tracking.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule("yunexpress", "YunExpress", re.compile(r"YT[0-9]{16}"), 70),
    Rule("4px", "4PX", re.compile(r"4PX[0-9]{13}CN"), 90),
    Rule("4px", "4PX", re.compile(r"4PX[0-9]{8,16}(?:[A-Z]{2})?"), 30),
    Rule("cainiao", "Cainiao", re.compile(r"LP[0-9]{14}"), 40),
    Rule("cainiao", "Cainiao", re.compile(r"CAINIAO[0-9]{6,20}"), 40),
    Rule("yanwen", "Yanwen", re.compile(r"[A-Z]{2}[0-9]{9}YP"), 40),
    Rule("sf-express", "SF Express", re.compile(r"SF[0-9]{12,13}"), 40),
    Rule("sunyou", "SunYou", re.compile(r"SY[A-Z]{2}[0-9]{9,11}"), 12),
)
