"""How long each class of data is kept: what counts from where, the usual days, the bounds, and why.

Only what no open claim, running period, refund under way or legal hold needs is let go, however old it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from plugin.domain.errors import Invalid


class Kept(StrEnum):
    """A class of data that goes at one time, for one reason."""

    ORDERS = "orders"
    CLAIMS = "claims"
    PAYEES = "payees"
    PARCELS = "parcels"
    DECLARATIONS = "declarations"
    PARKED = "parked"
    MAIL = "mail"
    SIGN_INS = "sign_ins"
    STAFF = "staff"
    ACCESS_LOG = "access_log"


class Swept(StrEnum):
    """Classes whose time is not for a merchant to choose; a job of the worker keeps it, or they go at once."""

    INBOX = "inbox"
    PUSHES = "pushes"
    DRAFTS = "drafts"
    ATTEMPTS = "attempts"
    EVIDENCE = "evidence"
    LABELS = "labels"
    DATA_REQUESTS = "data_requests"
    NOTICES = "notices"
    KEY_REQUESTS = "key_requests"
    JOBS = "jobs"
    FAILURES = "failures"
    WORKERS = "workers"
    MAILBOX = "mailbox"
    ORDER = "order"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` unless the merchant says otherwise, from `least` to `most`; `since` is what they count from."""

    days: int
    least: int
    most: int
    since: str
    goes: str
    because: str


class UnusableRetention(Invalid):
    """Days outside the bounds of their class."""


RULES: Final[Mapping[Kept, Rule]] = MappingProxyType(
    {
        Kept.ORDERS: Rule(
            365,
            30,
            3653,
            "the order, and the end of its last right",
            "who ordered, and everything else that names them about that order; amounts and items stay",
            "No right is open any more. A year is left for what was declared on the last day, as negotiations suspend "
            "limitation (BGB § 203) and the guarantee's own may end two months after the defect (BGB § 475e(3)). Books "
            "and receipts (HGB § 257, AO § 147) are the shop platform's to keep: we hold no originals.",
        ),
        Kept.CLAIMS: Rule(
            1461,
            396,
            3653,
            "the claim's last change, once it is closed",
            "what was written in the claim, its photos and papers, its labels",
            "Contract claims lapse three years after the end of the year they arose in (BGB §§ 195, 199): four years "
            "at most. Kept for the establishment or defence of legal claims (GDPR art. 17(3)(e)).",
        ),
        Kept.PAYEES: Rule(
            396,
            60,
            3653,
            "the settlement of the refund",
            "the bank account or wallet that money was paid to",
            "A payment can be disputed for 13 months (Directive (EU) 2015/2366 art. 71(1)).",
        ),
        Kept.PARCELS: Rule(
            761,
            90,
            3653,
            "the parcel's first record, or the alert",
            "what carriers told in words, and where a parcel was to be sent instead",
            "Claims on a carrier lapse after two years at most (Montreal Convention art. 35; CMR art. 32: one year).",
        ),
        Kept.DECLARATIONS: Rule(
            1461,
            396,
            3653,
            "the declaration's arrival",
            "the words of a withdrawal, and the digest of the network address it came from",
            "The trader has to answer for what was declared as long as for a claim (BGB §§ 195, 199).",
        ),
        Kept.PARKED: Rule(
            90,
            7,
            365,
            "the day it was parked",
            "messages of a platform that could not be read",
            "Whoever looks after the shop has three months to mend it; the platform still has the original.",
        ),
        Kept.MAIL: Rule(
            30,
            5,
            365,
            "the day it was queued",
            "letters that no server took",
            "Delivery is given up after five days; a month is left to look and send again.",
        ),
        Kept.SIGN_INS: Rule(
            90,
            1,
            365,
            "the end of the link, code or session",
            "one-time links, join codes, and sessions with the browser's name",
            "Long enough to look into a break-in that is noticed late; they open nothing any more.",
        ),
        Kept.STAFF: Rule(
            365,
            30,
            3653,
            "the day somebody was removed, or the month of a figure",
            "the e-mail address of staff who left, and how much goodwill each gave",
            "Who decided a claim can be named for a year; the record then says that it was a member of staff.",
        ),
        Kept.ACCESS_LOG: Rule(
            365,
            180,
            1096,
            "the look",
            "who of the staff saw whose data, and when",
            "Six months to a year is what CNIL recommends for such logs (délibération n° 2021-122).",
        ),
    }
)
NOT_BEGUN: Final = timedelta(days=3653)
"""A right that never began, for nobody told of a delivery, is over by then (BGB § 199(4): ten years)."""

SWEPT: Final[Mapping[Swept, str]] = MappingProxyType(
    {
        Swept.INBOX: "goes when it is applied, within seconds; what cannot be applied is parked",
        Swept.PUSHES: "goes when it is applied; what cannot be read after 30 days",
        Swept.DRAFTS: "7 days after the last change",
        Swept.ATTEMPTS: "1 day",
        Swept.EVIDENCE: "`EVIDENCE_DAYS` (1095) after upload, or with the claim's words; never claimed: 7 days",
        Swept.LABELS: "90 days after the label is of no more use, at the latest with the claim's words",
        Swept.DATA_REQUESTS: "the file 7 days after it was handed over, at the latest after 90 days; who was meant too",
        Swept.NOTICES: "1 day",
        Swept.KEY_REQUESTS: "7 days",
        Swept.JOBS: "6 hours after the job ended",
        Swept.FAILURES: "90 days after it failed last, once it is dismissed; until then it waits",
        Swept.WORKERS: "1 day after its last sign of life",
        Swept.MAILBOX: "the newest 200 letters, and 30 days",
        Swept.ORDER: "stays when the person is forgotten: it names nobody then",
        Swept.MERCHANT: "as long as the merchant is here",
    }
)


@dataclass(frozen=True, slots=True)
class Retention:
    """What a merchant has set; what is not set is as usual."""

    days: Mapping[Kept, int]

    def days_of(self, kept: Kept) -> int:
        """Days, never outside the bounds, which may have been drawn closer since."""
        rule = RULES[kept]
        return min(max(self.days.get(kept, rule.days), rule.least), rule.most)

    def before(self, kept: Kept, now: datetime) -> datetime:
        """What is older than this instant goes."""
        return now - timedelta(days=self.days_of(kept))

    def setting(self, kept: Kept, days: int | None) -> "Retention":
        """With other days for a class; None: as usual. Raises `UnusableRetention`."""
        others = {each: known for each, known in self.days.items() if each is not kept}
        if days is None:
            return Retention(others)
        if not RULES[kept].least <= days <= RULES[kept].most:
            raise UnusableRetention({"field": "days", "least": RULES[kept].least, "most": RULES[kept].most})
        return Retention({**others, kept: days})


AS_USUAL: Final = Retention({})
