"""The only place where ports meet adapters."""

import os
from dataclasses import dataclass
from pathlib import Path

import structlog
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from integrations.mail.mailbox import Mailbox
from integrations.platforms import TRANSLATORS, sources
from integrations.system import SystemClock, SystemSecrets
from plugin import log
from plugin.demo.load import OWNER
from plugin.documents.ad_copy import ad_copy
from plugin.documents.letters import invitation_letter, sign_in_letter
from plugin.documents.page_json_ld import page_json_ld
from plugin.documents.papers import papers
from plugin.documents.policy_document import policy_document_schema
from plugin.documents.policy_document_terms import policy_document
from plugin.domain.clocks.engine import Law
from plugin.domain.errors import DomainError
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.jobs import engine as jobs
from plugin.ports.deps import Deps
from plugin.ports.errors import Rejected, Unavailable
from plugin.settings import Settings, open_home
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from plugin.storage.storage import Storage, open_storage
from plugin.web import admin, aftersales, demo, docs, documents, front_door, storefront
from plugin.web.application import Application
from plugin.web.deps import provide
from plugin.web.headers import secure
from plugin.web.observe import observe
from plugin.web.problems import domain_problem, http_problem, outside_problem

_log = structlog.get_logger("aftercare")
_STATIC = Path(__file__).parents[1] / "static"
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Runtime:
    """An opened installation: its settings, its storage, and the adapters behind every port."""

    settings: Settings
    storage: Storage
    keys: KeyRing
    deps: Deps

    def migrate(self) -> None:
        """Bring our schema and the job engine's up to date, and erase again whom a restored backup brought back."""
        self.storage.migrate()
        jobs.migrate(self.settings.database_url.reveal())
        if returned := self.storage.replay_erasures():
            _log.warning("erased_again", persons=returned)

    def close(self) -> None:
        """Close every connection."""
        self.storage.close()


def open_runtime(settings: Settings) -> Runtime:
    """Open home, secrets and database; the schema is left as it is. Raises `SettingsError`."""
    log.configure()
    secrets = open_home(settings)
    keys = KeyRing.parse(secrets.keys.reveal())
    url = settings.database_url.reveal()
    storage = open_storage(
        url,
        home=settings.home,
        keys=keys,
        queue_factory=jobs.open_queue(url),
        reread_keys=lambda: KeyRing.parse(open_home(settings).keys.reveal()),
    )
    mailbox = Mailbox(settings.home / "mailbox", AppSealer(keys))
    law = Law(load_rulebook(), HolidayCalendar())
    deps = Deps(
        units=storage.units,
        views=storage.views,
        directory=storage.directory,
        inbox_lease=storage.inbox_lease,
        connection_lease=storage.connection_lease,
        clock=SystemClock(),
        ids=TimeOrderedIds(),
        secrets=SystemSecrets(secrets.session.reveal()),
        mailer=mailbox,
        mailbox=mailbox,
        letter=sign_in_letter(settings.base_url),
        invitation=invitation_letter(settings.base_url),
        translators=TRANSLATORS,
        sources=sources(allows_private=settings.allows_private_shops),
        law=law,
        papers=papers(law, settings.base_url),
    )
    return Runtime(settings, storage, keys, deps)


def cli_runtime() -> Runtime:
    """The installation the environment names, its schema brought up to date; for commands, on an empty home too."""
    runtime = open_runtime(Settings.from_env(os.environ))
    runtime.migrate()
    return runtime


def create_app(settings: Settings) -> Flask:
    """The web application on its adapters."""
    return build_app(settings, open_runtime(settings).deps)


def build_app(settings: Settings, deps: Deps) -> Flask:
    """The web application over given adapters."""
    app = Application("aftercare", static_folder=str(_STATIC), static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=_MOST_BYTES, BASE_URL=settings.base_url, HAS_DEMO=settings.has_demo)
    app.config["DEMO_OWNER"] = OWNER if settings.has_demo else None
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own documented way to wrap it
        app.wsgi_app, x_for=(hops := settings.trusted_proxies), x_proto=hops, x_host=hops, x_prefix=0
    )
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = settings.base_url.startswith("https://")
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session it belongs to: pages stay open all day
    app.secret_key = deps.secrets.sign("flask", "session")
    CSRFProtect(app)
    provide(app, deps)
    observer = observe(app, settings.metrics_token.reveal() if settings.metrics_token else None)
    missing = secure(app, is_https=settings.base_url.startswith("https://"))
    app.register_error_handler(DomainError, domain_problem)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Unavailable, outside_problem)
    app.register_error_handler(Rejected, outside_problem)
    app.register_blueprint(storefront.blueprint)
    storefront.keep_ready(app, missing, observer)
    aftersales.install(app, aftersales.Documents(page_json_ld, policy_document, policy_document_schema))
    app.register_blueprint(documents.blueprint)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(front_door.blueprint)
    admin.install(app, ad_copy)
    if settings.has_demo:
        app.register_blueprint(demo.blueprint)
    return app
