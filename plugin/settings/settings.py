"""Every setting there is. Nobody else reads the environment."""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from plugin.domain.sender import Sender
from plugin.ports.partner_app import PartnerApp
from plugin.ports.shopify_identity import AppKeys
from plugin.settings import parsers
from plugin.settings.evidence import EvidenceSettings, evidence_settings
from plugin.settings.mail import installation_mail
from plugin.settings.partner import partner_app
from plugin.settings.reader import Reader
from plugin.settings.secret import Secret
from plugin.settings.secrets_file import Secrets, key_ring, session_keys
from plugin.settings.shopify import shopify_app

NAMES = (
    "AFTERCARE_HOME",
    "AFTERCARE_ENV",
    "AFTERCARE_BIND",
    "AFTERCARE_KEYS",
    "AFTERCARE_SESSION",
    "ALLOW_PRIVATE_SHOPS",
    "CLAMD",
    "DATABASE_URL",
    "EVIDENCE_CLAIM_MB",
    "EVIDENCE_DAYS",
    "EVIDENCE_FILES",
    "EVIDENCE_FILE_MB",
    "EVIDENCE_SHOP_DAY_MB",
    "FILES_ACCESS_KEY",
    "FILES_BUCKET",
    "FILES_ENDPOINT",
    "FILES_REGION",
    "FILES_SECRET_KEY",
    "MAIL_FROM",
    "METRICS_TOKEN",
    "PORT",
    "PUBLIC_URL",
    "REDIS_URL",
    "SHOPIFY_APP_HANDLE",
    "SHOPIFY_APP_ID",
    "SHOPIFY_CLIENT_ID",
    "SHOPIFY_CLIENT_SECRET",
    "SHOPIFY_PAID_FEATURES",
    "SHOPIFY_PARTNER_ORGANISATION",
    "SHOPIFY_PARTNER_TOKEN",
    "SHOPIFY_PREVIOUS_SECRET",
    "SMTP_URL",
    "TRUSTED_PROXIES",
    "UPLOAD_SLOTS",
    "WEB_CONCURRENCY",
    "WEB_THREADS",
    "WORKER_SLOT",
)
"""The variables `Settings.from_env` reads; `.env.example` says what each is for."""

_PREFIX = "AFTERCARE_"
_OF_SCRIPTS = ("AFTERCARE_INSTALLER", "AFTERCARE_CHROMIUM", "AFTERCARE_TEST_RUN", "AFTERCARE_TEST_CONTROLLER")
_MOST = 64


class Mode(StrEnum):
    """What this installation is for."""

    PRODUCTION = "production"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the app keeps its data, where it listens and who may speak for whom; secrets show as `***`."""

    home: Path
    mode: Mode
    bind: str
    database_url: Secret
    port: int
    public_url: str | None
    trusted_proxies: int
    web_concurrency: int
    web_threads: int
    worker_slot: str
    metrics_token: Secret | None
    redis_url: Secret | None
    """Where several web processes count what is asked too often; None: each counts alone."""
    given_secrets: Secrets | None
    allows_private_shops: bool
    evidence: EvidenceSettings
    mail: Sender | None
    """Who the installation's mail comes from, with its server; None: mail stays in the mailbox on this machine."""
    shopify: AppKeys | None
    """The app that this installation is at Shopify; None: it is none."""
    partner: PartnerApp | None
    """That app as its partner sells it; None: nobody pays."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Check everything together; raises `SettingsError` with all faults, none of them quoting a secret."""
        reader = Reader(environ)
        reader.faults += _unknown(environ)
        home = Path(reader.text("AFTERCARE_HOME") or "var").expanduser().absolute()
        default_database = f"sqlite:///{home / 'aftercare.sqlite3'}"
        database = reader.parsed("DATABASE_URL", default_database, parsers.database_url)
        public_url = reader.parsed("PUBLIC_URL", None, parsers.public_url)
        is_sqlite = database.startswith("sqlite")
        threads = reader.parsed("WEB_THREADS", 16 if is_sqlite else 8, parsers.whole_number(1, _MOST))
        redis_url = reader.parsed("REDIS_URL", None, parsers.redis_url)
        metrics_token = reader.parsed("METRICS_TOKEN", None, parsers.bearer_token)
        settings = cls(
            home=home,
            mode=reader.parsed("AFTERCARE_ENV", Mode.PRODUCTION if reader.text("PUBLIC_URL") else Mode.DEMO, _mode),
            bind=reader.text("AFTERCARE_BIND") or "127.0.0.1",
            database_url=Secret(database),
            port=reader.parsed("PORT", 8000, parsers.whole_number(1, 65535)),
            public_url=public_url,
            trusted_proxies=reader.parsed("TRUSTED_PROXIES", 0, parsers.whole_number(0, 9)),
            web_concurrency=reader.parsed("WEB_CONCURRENCY", _processes(is_sqlite), parsers.whole_number(1, _MOST)),
            web_threads=threads,
            worker_slot=reader.parsed("WORKER_SLOT", "w1", parsers.slot),
            metrics_token=Secret(metrics_token) if metrics_token else None,
            redis_url=Secret(redis_url) if redis_url else None,
            given_secrets=_given_secrets(reader),
            allows_private_shops=reader.parsed("ALLOW_PRIVATE_SHOPS", False, parsers.yes_or_no),  # noqa: FBT003 - the default
            evidence=evidence_settings(reader, threads),
            mail=installation_mail(reader),
            shopify=shopify_app(reader),
            partner=partner_app(reader),
        )
        reader.finish()
        return settings

    @property
    def has_demo(self) -> bool:
        """Whether the demo store and its mailbox are served; never in production."""
        return self.mode is Mode.DEMO

    @property
    def base_url(self) -> str:
        """What links begin with: the public address, or this machine's own."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def sqlite_file(self) -> Path | None:
        """The embedded database's file; none on PostgreSQL."""
        kind, _, path = self.database_url.reveal().partition(":///")
        return Path(path).absolute() if kind == "sqlite" else None


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise ValueError(f"must be {' or '.join(Mode)}") from None


def _processes(is_sqlite: bool) -> int:  # noqa: FBT001 - the one fact that decides
    """SQLite has one writer at a time, so threads of one process do; PostgreSQL feeds every core."""
    return 1 if is_sqlite else min(os.cpu_count() or 1, _MOST)


def _given_secrets(reader: Reader) -> Secrets | None:
    """Secrets live both in the environment or both in the home folder; half of each would be lost with either."""
    keys = reader.parsed("AFTERCARE_KEYS", None, key_ring)
    session = reader.parsed("AFTERCARE_SESSION", None, session_keys)
    if bool(reader.text("AFTERCARE_KEYS")) != bool(reader.text("AFTERCARE_SESSION")):
        reader.faults.append("AFTERCARE_KEYS and AFTERCARE_SESSION must be set together or not at all")
    if not keys or not session:
        return None
    current, *older = map(Secret, session)
    return Secrets(Secret(keys), current, tuple(older))


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """A misspelt name would silently mean the default: for keys, that is a new key."""
    known = (*NAMES, *_OF_SCRIPTS)
    faults = []
    for name in sorted(environ):
        if name.startswith(_PREFIX) and name not in known:
            near = difflib.get_close_matches(name, NAMES, n=1)
            faults.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return faults
