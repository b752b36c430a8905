"""Documents a shop hands over: withdrawal form and instruction, confirmations, product documents, official artwork."""

from flask import Blueprint

from plugin.web.documents import artwork, certificates, confirmation, withdrawal

blueprint = Blueprint("documents", __name__, url_prefix="/s/<shop_key>/documents", template_folder="templates")

for path, name, view in (
    ("/<any(withdrawal_form,withdrawal_instruction):piece>.<any(pdf,txt):kind>", "withdrawal", withdrawal.show),
    ("/orders/<token>/confirmation", "confirmation", confirmation.show),
    ("/certificates", "certificates", certificates.index),
    ("/certificates.json", "certificates_json", certificates.as_json),
    ("/certificates/<certificate>", "certificate", certificates.file),
    ("/notice", "notice", artwork.notice),
    ("/label", "label", artwork.label),
    ("/artwork/<artwork>", "artwork", artwork.file),
):
    blueprint.add_url_rule(path, name, view, methods=["GET"])
