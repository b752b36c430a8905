"""The rulebook: the law of every jurisdiction we know, with its sources and a version that changes when it does."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from plugin.domain.law import eu
from plugin.domain.law.errors import UnknownJurisdiction, UnknownSource
from plugin.domain.law.eu_notices import NOTICES
from plugin.domain.law.file_format import to_jurisdiction
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.law.official import official_address
from plugin.domain.law.record import Record


@dataclass(frozen=True, slots=True)
class LegalSource:
    """A text the law was taken from: `citation` is for readers, `title` and `how` say for researchers what was read."""

    id: str
    citation: str
    title: str
    url: str | None
    how: str
    file_index_ids: tuple[str, ...] = ()

    @property
    def official_url(self) -> str | None:
        """Where the text itself can be read; None where what was read only reports it."""
        return official_address(self.url)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The law of all jurisdictions at one state; immutable, `version` names state and content."""

    version: str
    as_of: date
    disclaimer: str
    jurisdictions: Mapping[str, Jurisdiction]
    sources: Mapping[str, LegalSource]

    def jurisdiction(self, code: str, subdivision: str | None = None) -> Jurisdiction:
        """The law for an ISO 3166-1 country, or for its subdivision (ISO 3166-2) where that has its own (CA-QC).

        Raises `UnknownJurisdiction`.
        """
        found = self.known(code, subdivision)
        if found is None:
            raise UnknownJurisdiction(code)
        return found

    def known(self, code: str, subdivision: str | None = None) -> Jurisdiction | None:
        """The same law where the rulebook has it, None where it has none."""
        found = self.jurisdictions.get(subdivision) if subdivision else None
        return found or self.jurisdictions.get(code)

    def source(self, source_id: str) -> LegalSource:
        """The source a rule cites; `CRD art. 9` is article 9 of source `CRD`. Raises `UnknownSource`."""
        found = self.sources.get(source_id)
        if found is not None:
            return found
        whole, _, article = source_id.partition(" ")
        if whole not in self.sources:
            raise UnknownSource(source_id)
        text = self.sources[whole]
        return LegalSource(source_id, f"{text.citation} {article}", text.title, text.url, text.how, text.file_index_ids)


@lru_cache(maxsize=1)
def load_rulebook() -> Rulebook:
    """The rulebook shipped with this version of the package, read once."""
    package = files("plugin.domain.law")
    about = package.joinpath("sources.json").read_bytes()
    countries = sorted(package.joinpath("jurisdictions").iterdir(), key=lambda file: file.name)
    texts = {file.name: file.read_bytes() for file in countries if file.name.endswith(".json")}
    front = Record(json.loads(about), "sources.json")
    as_of = date.fromisoformat(front.text("as_of"))
    read = (to_jurisdiction(json.loads(text), name) for name, text in texts.items())
    return Rulebook(
        version=f"{as_of}+{_digest([about, *texts.values()])}",
        as_of=as_of,
        disclaimer=front.text("disclaimer"),
        jurisdictions=MappingProxyType({jurisdiction.code: jurisdiction for jurisdiction in read}),
        sources=MappingProxyType(_sources(front)),
    )


def _digest(contents: list[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    for rule in (*eu.WITHDRAWAL_RULES, *eu.GUARANTEE_RULES):
        digest.update(f"{rule.name}{rule.sources}{rule.valid_from}{dict(rule.sets)}".encode())
    digest.update(str(dict(NOTICES)).encode())
    return digest.hexdigest()[:12]


def _sources(front: Record) -> dict[str, LegalSource]:
    listed = front.inner("sources")
    return {name: _source(name, listed.inner(name)) for name in front.mapping("sources")}


def _source(name: str, source: Record) -> LegalSource:
    return LegalSource(
        id=name,
        citation=source.text("short"),
        title=source.text("title"),
        url=source.maybe_text("url"),
        how=source.text("how"),
        file_index_ids=source.texts("file_index_ids"),
    )
