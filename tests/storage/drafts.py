"""A draft with edits, an undone step and a check that found something."""

from dataclasses import replace

from plugin.domain.basis import Basis
from plugin.domain.ids import StaffId
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.document import PolicyFault, write_policy
from plugin.domain.policy.draft import Check, Draft, digest_of, edit, started, undo
from plugin.domain.policy.edit import Change
from plugin.domain.policy.lint import Finding, Fix, Severity
from tests.build import NOW, PLACED, a_policy

KAJA = StaffId("kaja")
FINDING = Finding(
    "return_window_below_law",
    Severity.ERROR,
    "default.rules.1.window",
    "everywhere",
    ("DE", "FR"),
    "returns",
    (("days", "7"),),
    (Basis("law", "crd", "Directive 2011/83/EU art. 9"),),
    Certainty.SECONDARY,
    Fix("default.rules.1.window", {"length": 14}),
)


def a_draft(draft_id: str = "draft1") -> Draft:
    draft = started(draft_id, write_policy(a_policy()), based_on="v1", at=PLACED, by=None)
    draft = edit(draft, [Change("home_country", "DE"), Change.remove("default.rules.0")], at=NOW, by=KAJA)
    draft = undo(edit(draft, [Change.insert("markets.0", {"market": "Süd"})], at=NOW, by=KAJA), at=NOW, by=None)
    check = Check(digest_of(draft.document), NOW, KAJA, (PolicyFault("default", "missing"),), (FINDING,))
    return replace(draft, checked=check)
