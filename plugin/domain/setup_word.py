"""What merchants say of their own shop's setup, where the platform shows an app no more than it must.

Reading a theme takes a scope that Shopify grants few apps, and its own returns can be read by none (Admin API 2026-10).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import ShopId, StaffId


class SetupStep(StrEnum):
    """Something to be done in the shop's own admin."""

    THEME = "theme"
    """Blocks and embed of the theme."""
    CHECKOUT = "checkout"
    """Blocks of the thank-you page, and of the checkout where the plan has it."""
    ACCOUNT = "account"
    """Blocks and page of customer accounts."""
    NATIVE = "native"
    """The platform's own returns, beside ours."""


class SetupSaid(StrEnum):
    """What somebody said of a step."""

    DONE = "done"
    OFF = "off"
    """The platform's own returns are switched off."""
    ON = "on"
    """They are on."""
    HIDDEN = "hidden"
    """They are on, and that is meant so: no more of it."""


SAYABLE = {step: frozenset({SetupSaid.DONE}) for step in SetupStep} | {
    SetupStep.NATIVE: frozenset({SetupSaid.OFF, SetupSaid.ON, SetupSaid.HIDDEN})
}
"""What can be said of each."""


@dataclass(frozen=True, slots=True)
class SetupWord:
    """Somebody's word on one step; `at` is aware UTC."""

    shop: ShopId
    step: SetupStep
    said: SetupSaid
    by: StaffId
    at: datetime
