"""A real web process that takes evidence, on a home of its own; killed and started again at the same address."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from plugin.domain.ids import ClaimDraftId, EvidenceId, PersonId
from plugin.domain.shop import Merchant, Shop
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.check_evidence import check_evidence
from plugin.web.evidence import upload_token
from plugin.web.evidence.upload_token import LIFETIME, UploadTicket
from tests.build import MERCHANT, PLACED, a_shop, a_stored_order
from tests.support.local_server import free_port
from tests.support.processes import WEB, Nursery, Running, await_web


@dataclass
class EvidenceServer:
    """An installation on this machine with one shop and one shopper; `start` and `kill` its web process."""

    nursery: Nursery
    home: Path
    environ: dict[str, str]
    port: int = field(default_factory=free_port)
    process: Running | None = None

    def __post_init__(self) -> None:
        self.environ = {**self.environ, "AFTERCARE_HOME": str(self.home), "PORT": str(self.port)}
        self.environ["PUBLIC_URL"] = self.url
        self.runtime: Runtime = open_runtime(Settings.from_env(self.environ))
        self.runtime.migrate()
        self.shop: Shop = a_shop()
        with self.runtime.deps.units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
            unit.shops.add(self.shop)
            unit.orders.save([a_stored_order()])
            self.person: PersonId = unit.people.find("ida@example.com") or PersonId("")
            unit.commit()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        return f"{self.url}/s/{self.shop.key}/evidence"

    def token(self, draft: str = "draft1") -> str:
        ticket = UploadTicket(ClaimDraftId(draft), self.person, datetime.now(UTC).replace(microsecond=0) + LIFETIME)
        return upload_token.issue(self.runtime.deps.secrets, self.shop.id, ticket)

    def start(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AFTERCARE_", "PYTEST"))}
        self.process = self.nursery.start(WEB, {**inherited, **self.environ})
        await_web(self.process, self.port)

    def kill(self) -> None:
        """Kill the process and its workers where they stand."""
        if self.process is not None:
            self.process.kill()
            self.process = None

    def close(self) -> None:
        self.kill()
        self.runtime.close()

    def check(self, evidence: str) -> None:
        """Do what the worker does."""
        deps = self.runtime.deps
        check_evidence(
            EvidenceId(evidence),
            merchant=MERCHANT,
            units=deps.units,
            keeping=deps.evidence,
            ids=deps.ids,
            now=deps.clock.now(),
        )
