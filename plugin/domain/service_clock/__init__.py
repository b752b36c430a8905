"""By when a shopper hears from the shop: times counted in the hours people work, by market.

`calendar` says when somebody works, `working_time` counts in it, `targets` which answer is due within what, `deadline`
when that is and what a pause leaves of it, `escalation` who is told as the time runs out. Nothing here is a right of
the shopper: those are counted in `plugin.domain.clocks`, in calendar days, and no pause stops them.
"""
