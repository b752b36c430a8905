"""Merchant pages: server-rendered, signed in by one-time link, one merchant's data only."""

from dataclasses import dataclass

from flask import Blueprint, Flask

from plugin.web.admin import (
    account,
    afterwards,
    alert_settings,
    alerts,
    auth,
    carriers,
    companion,
    connections,
    data_requests,
    declarations,
    deliveries,
    documents,
    embedded,
    handing,
    home,
    letters,
    mail,
    order,
    orders,
    parked,
    passkeys,
    plugin_asks,
    return_work,
    returns,
    scorecard,
    setup,
    shop_health,
    shops,
    sign_in,
    staff,
    statuses,
    stuck,
    stuck_mail,
    withdrawal,
)
from plugin.web.admin.claims import ROUTES as CLAIMS
from plugin.web.admin.claims import export as claims_export
from plugin.web.admin.claims import files, payouts
from plugin.web.admin.looks import record_list
from plugin.web.admin.pages import error_page, keep_nowhere
from plugin.web.admin.policy import ROUTES as POLICY
from plugin.web.admin.policy import lines
from plugin.web.admin.shipments import ROUTES as SHIPMENTS
from plugin.web.problems import show_pages

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")
blueprint.before_request(auth.require_presence)
blueprint.after_request(keep_nowhere)
blueprint.after_request(record_list)
blueprint.url_defaults(embedded.stay)

for path, name, view, method in (
    ("/sign-in", "sign_in", sign_in.ask, "GET"),
    ("/sign-in", "send_link", sign_in.send_link, "POST"),
    ("/sign-in/<token>", "confirm", sign_in.confirm, "GET"),
    ("/sign-in/<token>", "enter", sign_in.enter, "POST"),
    ("/passkey", "passkey_ask", passkeys.ask, "POST"),
    ("/passkey/enter", "passkey_enter", passkeys.enter, "POST"),
    ("/shopify", "bounce", embedded.bounce, "GET"),
    ("/shopify/connect", "connect_again", connections.connect_again, "POST"),
    ("/shopify/access", "access_granted", connections.access_granted, "POST"),
    ("/setup/<shop>/<step>", "say_setup", setup.say, "POST"),
    ("/file", "hand_out", handing.hand_out, "POST"),
    ("/sign-out", "sign_out", sign_in.leave, "POST"),
    ("/", "home", home.show, "GET"),
    ("/orders", "orders", orders.index, "GET"),
    ("/orders/delivered", "mark_many", deliveries.mark_many, "POST"),
    ("/orders/undo", "undo_mark", deliveries.undo, "POST"),
    ("/orders/<order_id>", "order", order.show, "GET"),
    ("/orders/<order_id>/delivered", "mark", deliveries.mark, "POST"),
    ("/orders/<order_id>/undelivered", "unmark", deliveries.unmark, "POST"),
    ("/alerts", "alerts", alerts.index, "GET"),
    ("/alerts/undo", "undo_alert", alerts.undo, "POST"),
    ("/alerts/settings", "alert_settings", alert_settings.show, "GET"),
    ("/alerts/settings", "save_alert_settings", alert_settings.save, "POST"),
    ("/alerts/settings/lanes", "save_alert_lane", alert_settings.save_lane, "POST"),
    ("/alerts/settings/lanes/remove", "remove_alert_lane", alert_settings.remove_lane, "POST"),
    ("/alerts/<alert>/done", "alert_resolve", alerts.resolve, "POST"),
    ("/alerts/<alert>/again", "alert_take_up", alerts.take_up, "POST"),
    ("/alerts/<alert>/claim", "alert_claim", alerts.claim, "POST"),
    ("/alerts/<alert>/back", "alert_restock", alerts.restock, "POST"),
    ("/insights/carriers", "scorecard", scorecard.show, "GET"),
    ("/insights/carriers.csv", "scorecard_table", scorecard.table, "GET"),
    ("/data-requests", "data_requests", data_requests.index, "GET"),
    ("/data-requests", "data_requests_begin", data_requests.begin, "POST"),
    ("/data-requests/<asked>/file.zip", "data_request_file", data_requests.download, "GET"),
    ("/data-requests/<asked>/done", "data_request_done", data_requests.done, "POST"),
    ("/documents", "documents", documents.index, "GET"),
    ("/documents/attest", "documents_attest", documents.attest, "POST"),
    ("/documents/add", "documents_add", documents.add, "POST"),
    ("/documents/artwork", "documents_upload", documents.upload, "POST"),
    ("/documents/<certificate>/remove", "documents_remove", documents.remove_document, "POST"),
    ("/documents/artwork/<artwork>/remove", "documents_remove_art", documents.remove_art, "POST"),
    ("/parked", "parked", parked.index, "GET"),
    ("/parked/retry", "retry", parked.retry, "POST"),
    ("/parked/dismiss", "dismiss", parked.dismiss, "POST"),
    ("/parked/<record>", "parked_record", parked.show, "GET"),
    ("/stuck", "stuck", stuck.index, "GET"),
    ("/stuck/<kind>/again", "retry_stuck", stuck.retry, "POST"),
    ("/stuck/dismiss", "dismiss_stuck", stuck.dismiss, "POST"),
    ("/stuck/undo", "undo_stuck", stuck.undo, "POST"),
    ("/shops", "shops", shops.index, "GET"),
    ("/shops/join-code", "make_join_code", shops.make_code, "POST"),
    ("/shops/keys", "ask_for_keys", connections.ask_for_keys, "POST"),
    ("/shops/plugin.zip", "plugin_zip", companion.download, "GET"),
    ("/shops/plugin", "plugin_asks", plugin_asks.show, "GET"),
    ("/shops/plugin", "decide_plugin", plugin_asks.decide, "POST"),
    ("/shops/asked/<asked>", "asked", plugin_asks.follow, "GET"),
    ("/shops/connect", "connect", connections.connect, "POST"),
    ("/shops/<shop>/health", "shop_health", shop_health.show, "GET"),
    ("/shops/<shop>/statuses", "statuses", statuses.show, "GET"),
    ("/shops/<shop>/statuses", "save_statuses", statuses.save, "POST"),
    ("/shops/<shop>/disconnect", "disconnect", connections.disconnect, "POST"),
    ("/shops/<shop>/disconnected", "close_disconnection", connections.close, "POST"),
    ("/shops/<shop>/withdrawal", "switch_withdrawal", withdrawal.switch, "POST"),
    ("/declarations", "declarations", declarations.index, "GET"),
    ("/declarations/<declaration>/order", "match_declaration", declarations.match, "POST"),
    ("/declarations/<declaration>/units", "read_declaration", declarations.read, "POST"),
    ("/declarations/<declaration>/aside", "set_aside", declarations.put_aside, "POST"),
    ("/declarations/<declaration>/up", "take_up", declarations.take_up, "POST"),
    ("/declarations/<declaration>/confirm", "confirm_declaration", declarations.confirm, "POST"),
    ("/mail", "mail", mail.index, "GET"),
    ("/mail/sender", "save_sender", mail.save, "POST"),
    ("/mail/sender/forget", "forget_sender", mail.forget, "POST"),
    ("/mail/test", "try_mail", mail.try_out, "POST"),
    ("/mail/stuck", "stuck_mail", stuck_mail.index, "GET"),
    ("/mail/stuck/again", "send_again", stuck_mail.again, "POST"),
    ("/mail/stuck/dismiss", "dismiss_mail", stuck_mail.dismiss, "POST"),
    ("/mail/letters", "letters", letters.index, "GET"),
    ("/mail/letters/<kind>", "letter", letters.show, "GET"),
    ("/mail/letters/<kind>/page", "letter_page", letters.framed, "GET"),
    ("/returns", "returns", returns.index, "GET"),
    ("/returns/account", "returns_account", returns.save_account, "POST"),
    ("/returns/account/forget", "returns_forget", returns.forget_account, "POST"),
    ("/returns/limits", "returns_limits", returns.save_limits, "POST"),
    ("/returns/points", "returns_points", returns.save_points, "POST"),
    ("/returns/labels/<label>/retry", "returns_retry", return_work.retry, "POST"),
    ("/returns/labels/<label>/file", "returns_upload", return_work.take_label, "POST"),
    ("/returns/batches/<batch>/close", "returns_close", return_work.close, "POST"),
    ("/returns/batches/<batch>/dispatch", "returns_dispatch", return_work.dispatch, "POST"),
    ("/returns/batches/<batch>/received", "returns_receive", return_work.receive, "POST"),
    ("/returns/batches/<batch>/manifest.pdf", "returns_manifest", return_work.manifest, "GET"),
    ("/carriers", "carriers", carriers.index, "GET"),
    ("/carriers", "save_carrier", carriers.save, "POST"),
    ("/carriers/pushes", "retry_pushes", carriers.retry, "POST"),
    ("/carriers/<carrier>/switch", "switch_carrier", carriers.switch, "POST"),
    ("/carriers/<carrier>/prefer", "prefer_carrier", carriers.prefer, "POST"),
    ("/carriers/<carrier>/remove", "remove_carrier", carriers.remove, "POST"),
    ("/carriers/<carrier>/ask", "ask_carrier", carriers.ask, "POST"),
    ("/account", "account", account.show, "GET"),
    ("/account/language", "language", account.keep_language, "POST"),
    ("/account/sessions/<session>/revoke", "revoke", account.revoke, "POST"),
    ("/account/sessions/revoke", "revoke_others", account.revoke_others, "POST"),
    ("/account/passkeys/begin", "passkey_begin", passkeys.begin, "POST"),
    ("/account/passkeys", "passkey_add", passkeys.add, "POST"),
    ("/account/passkeys/<passkey>/name", "passkey_rename", passkeys.rename, "POST"),
    ("/account/passkeys/<passkey>/remove", "passkey_remove", passkeys.remove, "POST"),
    ("/staff", "staff", staff.index, "GET"),
    ("/staff/invite", "invite", staff.invite, "POST"),
    ("/staff/<member>/remove", "remove", staff.remove, "POST"),
    *CLAIMS,
    *POLICY,
    *SHIPMENTS,
):
    blueprint.add_url_rule(path, name, view, methods=[method])


@dataclass(frozen=True, slots=True)
class Words:
    """What is worded in a layer beside this one: advertising lines, the test mail, letters to look at."""

    lines: lines.MakeLines
    trial: mail.MakeTrial
    letters: letters.Letters
    payouts: payouts.PayoutFiles
    claims: claims_export.MakeTable
    companion: companion.MakeZip
    scores: scorecard.MakeTable


def install(app: Flask, words: Words) -> None:
    """Serve the merchant pages of `app`; errors below them are pages too."""
    afterwards.prepare(app)
    lines.provide(app, words.lines)
    mail.provide(app, words.trial)
    letters.provide(app, words.letters)
    payouts.provide(app, words.payouts)
    claims_export.provide(app, words.claims)
    companion.provide(app, words.companion)
    scorecard.provide(app, words.scores)
    files.allow(app)
    app.register_blueprint(blueprint)
    app.after_request(embedded.dress)
    show_pages(app, "/admin", auth.look_at_error, error_page)
