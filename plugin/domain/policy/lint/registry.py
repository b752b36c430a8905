"""Every lint rule, by the code of what it finds."""

from collections.abc import Callable, Iterable, Mapping

from plugin.domain.policy.lint.finding import Finding
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.lint.rules import (
    countries,
    fault_payer,
    final_sale,
    garan,
    gift,
    money,
    odr_link,
    promises,
    refund_means,
    refund_time,
    return_address,
    return_cost,
    return_window,
    trader_identity,
    unread_language,
    warranty_coverage,
    withdrawal_conditions,
    withdrawal_fee,
    withdrawal_function,
    withdrawal_payer,
    wording,
)

LintRule = Callable[[Question], Iterable[Finding]]

RULES: Mapping[str, LintRule] = {
    return_window.CODE: return_window.find,
    withdrawal_fee.CODE: withdrawal_fee.find,
    withdrawal_conditions.CODE: withdrawal_conditions.find,
    withdrawal_payer.CODE: withdrawal_payer.find,
    refund_time.CODE: refund_time.find,
    refund_means.CODE: refund_means.find,
    final_sale.CODE: final_sale.find,
    fault_payer.CODE: fault_payer.find,
    return_cost.CODE: return_cost.find,
    warranty_coverage.CODE: warranty_coverage.find,
    trader_identity.MISSING: trader_identity.find_missing,
    trader_identity.NO_PHONE: trader_identity.find_no_phone,
    return_address.CODE: return_address.find,
    withdrawal_function.CODE: withdrawal_function.find,
    garan.CODE: garan.find,
    odr_link.CODE: odr_link.find,
    wording.SOLE_RIGHT: wording.find_sole_right,
    wording.DAMAGE_CUTOFF: wording.find_damage_cutoff,
    wording.RIGHT_DENIED: wording.find_right_denied,
    gift.CODE: gift.find,
    wording.GREEN: wording.find_green_claim,
    wording.VAGUE: wording.find_vague,
    unread_language.UNREAD: unread_language.find_unread,
    unread_language.ONLY_VAGUE_READ: unread_language.find_only_vague_read,
    money.CODE: money.find,
    countries.UNKNOWN: countries.find_unknown,
    countries.NO_DEFAULT: countries.find_no_default,
    promises.CODE: promises.find,
}
