"""The merchant's policy: what it promises now, the draft of what it will promise, and what that means for an order."""

from plugin.web.admin.policy import draft_page, editor, edits, lines, overview, picker, publishing, simulate

ROUTES = (
    ("/policy", "policy", overview.index, "GET"),
    ("/policy/past", "policy_past", overview.declare, "POST"),
    ("/policy/versions/<version_id>", "policy_version", overview.version, "GET"),
    ("/policy/versions/<version_id>/document", "policy_download", overview.download, "GET"),
    ("/policy/draft", "policy_draft", editor.draft, "GET"),
    ("/policy/draft/start", "policy_start", overview.start, "POST"),
    ("/policy/draft/discard", "policy_discard", edits.discard, "POST"),
    ("/policy/draft/edit", "policy_edit", edits.edit, "POST"),
    ("/policy/draft/add", "policy_add", edits.add, "POST"),
    ("/policy/draft/remove", "policy_remove", edits.remove, "POST"),
    ("/policy/draft/countries", "policy_countries", edits.countries, "POST"),
    ("/policy/draft/decide", "policy_decide", edits.decide, "POST"),
    ("/policy/draft/fix", "policy_fix", edits.fix, "POST"),
    ("/policy/draft/page", "policy_draft_page", draft_page.show, "GET"),
    ("/policy/draft/undo", "policy_undo", edits.undo, "POST"),
    ("/policy/draft/redo", "policy_redo", edits.redo, "POST"),
    ("/policy/draft/document", "policy_document", editor.document, "GET"),
    ("/policy/draft/document", "policy_write", edits.write, "POST"),
    ("/policy/draft/check", "policy_check", publishing.show, "GET"),
    ("/policy/draft/check", "policy_keep_check", publishing.check, "POST"),
    ("/policy/draft/publish", "policy_publish", publishing.publish, "POST"),
    ("/policy/draft/in/<place>", "policy_part", editor.show, "GET"),
    ("/policy/products", "policy_products", picker.found, "GET"),
    ("/policy/simulate", "policy_simulate", simulate.show, "GET"),
    ("/policy/lines", "policy_lines", lines.show, "GET"),
)
"""Address below /admin, endpoint, view and method of every page."""
