"""The notices EU law asks for besides the right itself; country files add the national ones."""

from collections.abc import Mapping
from types import MappingProxyType

NOTICES: Mapping[str, object] = MappingProxyType(
    {
        "model_withdrawal_form": {
            "required": True,
            "basis": "CRD Art. 6(1)(h), Annex I(B)",
        },
        "legal_guarantee_notice": {
            "required_from": "2026-09-27",
            "basis": "CRD Art. 6(1)(l), 22a; IR 2025/1960 Annex I",
            "medium_online": "colour RGB, unedited artwork, one official version per language",
        },
        "durability_label_garan": {
            "required_from": "2026-09-27",
            "only_if": (
                "producer gives free commercial guarantee of durability > 2 years on the entire good "
                "and told the trader"
            ),
            "basis": "CRD Art. 6(1)(la), 22a; IR 2025/1960 Annex II",
        },
        "repair_choice_information": {
            "required_from": "2026-07-31",
            "when": "before providing the conformity remedy",
            "basis": "2019/771 Art. 13(2a)",
        },
        "commercial_guarantee_statement": {
            "required": True,
            "basis": "2019/771 Art. 17(2)",
            "medium": "durable medium at latest at delivery",
        },
        "recall_notice": {
            "basis": "Reg. (EU) 2023/988 Arts 35-37",
            "verified": False,
        },
        "accessibility": {
            "required_from": "2025-06-28",
            "basis": "Directive (EU) 2019/882",
            "standard": "EN 301 549 (WCAG 2.1 AA)",
            "micro_enterprise_exempt": True,
        },
        "odr_link": {
            "forbidden": True,
            "since": "2025-07-20",
            "basis": "Reg. (EU) 2024/3228",
            "verified": "secondary",
        },
        "extra": [],
    }
)
