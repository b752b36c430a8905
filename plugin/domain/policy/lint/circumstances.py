"""What the linter has to know besides the policy and the law."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The shop a policy is for, on the day it is checked.

    `is_live`: real shoppers buy there (a demo or a shop still being set up is not live). `has_withdrawal_function`:
    shoppers reach a working withdrawal function (Directive 2011/83/EU art. 11a). `today` decides what is in force.
    """

    is_live: bool
    has_withdrawal_function: bool
    today: date
