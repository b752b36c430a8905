"""The web application: every blueprint and document over one installation's adapters."""

from dataclasses import replace
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from integrations.carriers import carriers_of_web
from integrations.passkeys import WebAuthnDevices
from integrations.platforms.woocommerce.companion_zip import companion_zip
from plugin.demo.load import OWNER
from plugin.documents.ad_copy import ad_copy
from plugin.documents.carrier_claim_file import carrier_claim_file
from plugin.documents.claims_csv import claims_csv
from plugin.documents.letter_kinds import Readers, kinds_for, preview
from plugin.documents.letters import trial_letter
from plugin.documents.page_json_ld import page_json_ld
from plugin.documents.payout_file import sepa_file, table
from plugin.documents.policy_document import policy_document_schema
from plugin.documents.policy_document_terms import policy_document
from plugin.documents.scorecard_csv import scorecard_csv
from plugin.domain.errors import DomainError
from plugin.ports.deps import Deps
from plugin.ports.errors import Rejected, Unavailable
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.web import (
    admin,
    aftersales,
    companion,
    demo,
    docs,
    documents,
    evidence,
    extensions,
    front_door,
    install,
    portal,
    shop_proxy,
    storefront,
    webhooks,
    withdrawal,
)
from plugin.web.admin.claims import carrier_file
from plugin.web.application import Application
from plugin.web.case_file_key import blueprint as case_file_key
from plugin.web.cookieless import FormTokens, Sessions
from plugin.web.deps import provide
from plugin.web.headers import secure
from plugin.web.limits import limit_repeats
from plugin.web.observe import observe
from plugin.web.problems import domain_problem, http_problem, outside_problem
from plugin.web.request_id import identify

_STATIC = Path(__file__).parents[1] / "static"
_MOST_BYTES = 2 * 1024 * 1024


def _letters(deps: Deps, settings: Settings) -> admin.letters.Letters:
    by_readers = {readers.value: tuple(kinds_for(readers)) for readers in Readers}
    return admin.letters.Letters(by_readers, preview(deps.law, settings.base_url))


def create_app(settings: Settings) -> Flask:
    """The web application on its adapters."""
    deps = open_runtime(settings).deps
    devices = WebAuthnDevices(settings.base_url)
    return build_app(settings, replace(deps, carriers=carriers_of_web(), devices=devices))


def build_app(settings: Settings, deps: Deps) -> Flask:
    """The web application over given adapters."""
    app = Application("aftercare", static_folder=str(_STATIC), static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=_MOST_BYTES, BASE_URL=settings.base_url, HAS_DEMO=settings.has_demo)
    app.config["DEMO_OWNER"] = OWNER if settings.has_demo else None
    _believe(app, settings.trusted_proxies)
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = settings.base_url.startswith("https://")
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session it belongs to: pages stay open all day
    app.secret_key = deps.secrets.sign("flask", "session")
    app.session_interface = Sessions()
    provide(app, deps)
    csrf = FormTokens(app)
    observer = observe(app, settings.metrics_token.reveal() if settings.metrics_token else None, home=settings.home)
    missing = secure(app, is_https=settings.base_url.startswith("https://"))
    _word_refusals(app)
    app.register_blueprint(storefront.blueprint)
    storefront.keep_ready(app, missing, observer)
    aftersales.install(app, aftersales.DataMakers(page_json_ld, policy_document, policy_document_schema))
    app.register_blueprint(documents.blueprint)
    evidence.install(app, csrf, settings.evidence.slots)
    install.install(app, csrf)
    portal.install(app, csrf)
    withdrawal.install(app, csrf)
    webhooks.install(app, csrf, missing, observer)
    companion.install(app, csrf)
    shop_proxy.install(app, settings.trusted_proxies)
    extensions.install(app, csrf)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(case_file_key)
    app.register_blueprint(front_door.blueprint)
    payout_files = admin.payouts.PayoutFiles(sepa_file, table)
    carrier_file.provide(app, carrier_claim_file)
    letters = _letters(deps, settings)
    tables = claims_csv, companion_zip, scorecard_csv
    admin.install(app, admin.Words(ad_copy, trial_letter, letters, payout_files, *tables))
    if settings.has_demo:
        app.register_blueprint(demo.blueprint)
    limit_repeats(app, settings.redis_url.reveal() if settings.redis_url else None)
    identify(app, is_behind_proxy=settings.trusted_proxies > 0)
    return app


def _believe(app: Flask, hops: int) -> None:
    """Take the word of so many proxies for who asks, and by which address."""
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own documented way to wrap it
        app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0
    )


def _word_refusals(app: Flask) -> None:
    app.register_error_handler(DomainError, domain_problem)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Unavailable, outside_problem)
    app.register_error_handler(Rejected, outside_problem)
