"""Numbers of parcel carriers in Europe.

Sources: DPD Parcel Label Specification 2.4.1; GLS, Hermes and DHL numbers as paketda.de describes them ("Prüfziffern",
"GLS-Paketlabel"); for Yodel tracking_number_data (MIT); PostNL, Colissimo, InPost, Evri and Correos: their own pages
"where do I find my number", which give no check digit.
"""

import re
from typing import Final

from plugin.domain.tracking import check_digits
from plugin.domain.tracking.rule import EUROPE, Rule, ends_with

_BRITAIN: Final = frozenset({"GB", "IM", "JE", "GG"})
_HERMES: Final = frozenset({"DE", "AT"})
_MOD_37_36: Final = ends_with(check_digits.modulo_37_36)

RULES: Final[tuple[Rule, ...]] = (
    Rule("dpd", "DPD", re.compile(r"[0-9]{27}[0-9A-Z]"), 60, _MOD_37_36),
    Rule("dpd", "DPD", re.compile(r"[0-9]{14}[0-9A-Z]"), 25, _MOD_37_36, homes=EUROPE),
    Rule("dpd", "DPD", re.compile(r"[0-9]{14}"), 1.5, homes=EUROPE),
    Rule("gls", "GLS", re.compile(r"[0-9]{12}"), 3, ends_with(check_digits.gls), 0.3, EUROPE),
    Rule("gls", "GLS", re.compile(r"[0-9]{11}"), 0.8, homes=EUROPE),
    Rule("gls", "GLS", re.compile(r"(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8}"), 0.6, homes=EUROPE),
    Rule("hermes", "Hermes", re.compile(r"[0-9]{14}"), 2, ends_with(check_digits.gs1), homes=_HERMES),
    Rule("hermes", "Hermes", re.compile(r"H[0-9]{19}"), 15, homes=_HERMES),
    Rule("evri", "Evri", re.compile(r"[HT][0-9]{2}[A-Z0-9]{3}[0-9]{10}"), 8, homes=_BRITAIN),
    Rule("yodel", "Yodel", re.compile(r"J?JD0002[0-9]{12}"), 60, homes=_BRITAIN),
    Rule("postnl", "PostNL", re.compile(r"3S[A-Z0-9]{9,15}"), 30, homes=frozenset({"NL", "BE"})),
    Rule("colissimo", "Colissimo", re.compile(r"[0-9][A-Z][0-9]{11}"), 12, homes=frozenset({"FR", "MC"})),
    Rule("inpost", "InPost", re.compile(r"[0-9]{24}"), 3, homes=frozenset({"PL"})),
    Rule("correos", "Correos", re.compile(r"P[A-Z][A-Z0-9]{20}[A-Z]"), 10, homes=frozenset({"ES", "AD"})),
)
