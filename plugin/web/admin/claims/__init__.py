"""Claims as agents work on them: the queue, the case, limits and budgets, payouts, who saw whose data."""

from plugin.web.admin.claims import (
    act,
    bulk,
    case,
    case_file,
    export,
    files,
    payouts,
    queue,
    seen,
    settings,
    taking_back,
)

ROUTES = (
    ("/claims", "claims", queue.index, "GET"),
    ("/claims/export.csv", "claims_table", export.export, "GET"),
    ("/claims/bulk", "claims_bulk", bulk.bulk, "POST"),
    ("/claims/unassign", "unassign", taking_back.assignments, "POST"),
    ("/claims/settings", "claim_settings", settings.show, "GET"),
    ("/claims/settings", "save_claim_settings", settings.save_limits, "POST"),
    ("/claims/settings/costs", "save_claim_costs", settings.save_costs, "POST"),
    ("/claims/settings/texts", "add_text", settings.add_text, "POST"),
    ("/claims/settings/texts/remove", "remove_text", settings.remove_text, "POST"),
    ("/claims/<claim>", "claim", case.show, "GET"),
    ("/claims/<claim>/files/<evidence>", "claim_file", case.open_file, "GET"),
    ("/claims/<claim>/case-file.json", "case_file", case_file.signed, "GET"),
    ("/claims/<claim>/case-file.pdf", "case_paper", case_file.paper, "GET"),
    ("/claims/<claim>/files", "add_files", files.add, "POST"),
    ("/claims/<claim>/do/<action>", "claim_act", act.act, "POST"),
    ("/claims/<claim>/goodwill", "goodwill", act.goodwill, "POST"),
    ("/claims/<claim>/goodwill/<no>/back", "goodwill_back", taking_back.goodwill, "POST"),
    ("/claims/<claim>/goodwill/<no>/again", "voucher_again", taking_back.voucher_again, "POST"),
    ("/claims/<claim>/notes/<entry>/strike", "strike_note", taking_back.strike, "POST"),
    ("/claims/<claim>/refunds/<refund>/retry", "refund_retry", act.retry, "POST"),
    ("/claims/<claim>/refunds/<refund>/stop", "refund_stop", act.stop, "POST"),
    ("/payouts", "payouts", payouts.index, "GET"),
    ("/payouts/file", "payouts_file", payouts.export, "POST"),
    ("/payouts/paid", "payouts_paid", payouts.paid, "POST"),
    ("/personal-data-views", "personal_views", seen.index, "GET"),
)
"""Address below /admin, endpoint, view and method of every page."""
