"""Who of the staff saw whose personal data, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import StaffId


class Seen(StrEnum):
    """What was looked at."""

    CLAIM = "claim"
    ORDER = "order"
    LIST = "list"
    """A page that shows several people's data; the subject is the page's name."""


@dataclass(frozen=True, slots=True)
class PersonalView:
    """A page that shows a person's data was opened; `subject` is the claim's or order's id, `number` what it is called.

    One for each member, subject and UTC day: that somebody saw the data is the fact that counts (Regulation (EU)
    2016/679 art. 5(2) and 32), and every reload in a log of thousands would only hide it. `at` is the day's first time.
    """

    staff: StaffId
    seen: Seen
    subject: str
    number: str
    at: datetime
