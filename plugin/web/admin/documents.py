"""The merchant's documents: legal texts that are there or needed, product documents with their dates, artwork."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from babel.languages import get_official_languages
from flask import Response, request, url_for

from plugin.domain.artwork import ArtworkKind
from plugin.domain.certificates import CertificateKind, scope_of
from plugin.domain.errors import DomainError, Invalid
from plugin.domain.law.texts import load_texts
from plugin.domain.legal_documents import Coverage, Piece, coverage
from plugin.domain.policy.traits import Trait
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop import Role
from plugin.i18n import LANGUAGES, Catalogue, negotiate
from plugin.usecases.add_artwork import NewArtwork, add_artwork
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from plugin.usecases.attest_text import Attestation, attest_text
from plugin.usecases.remove_artwork import remove_artwork
from plugin.usecases.remove_certificate import remove_certificate
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text

Chosen = TypeVar("Chosen", bound=StrEnum)
_ARTWORKS = {
    ArtworkKind.NOTICE: "admin.documents.guarantee_notice",
    ArtworkKind.LABEL: "admin.documents.garan_label",
}
_ACRONYMS = {CertificateKind.ROHS: "RoHS"}


def index() -> Response:
    """Everything there is, and what is needed."""
    return _render()


def attest() -> Response:
    """Take the pasted text as the official one, in the name of whoever is signed in."""
    here, at = require(Role.OWNER), deps()
    try:
        if request.form.get("is_official") != "1":
            raise Invalid({"field": "is_official"})
        given = Attestation(_chosen(Piece, "piece"), _language(), _country(), request.form.get("text", ""))
        attest_text(given, merchant=here.merchant, by=here.member.id, units=at.units, ids=at.ids, now=at.clock.now())
    except DomainError as refusal:
        return _refused("attest", refusal)
    return _done("admin.documents.attested")


def add() -> Response:
    """Add a document of products."""
    here, at = require(Role.OWNER), deps()
    try:
        given = NewCertificate(
            _chosen(CertificateKind, "kind"),
            request.form.get("name", ""),
            scope_of(request.form.get("products", "").split(",")),
            _day("issued_on"),
            _day("expires_on"),
            _upload(),
        )
        add_certificate(
            given, merchant=here.merchant, by=here.member.id, units=at.units, ids=at.ids, now=at.clock.now()
        )
    except DomainError as refusal:
        return _refused("add", refusal)
    return _done("admin.documents.added")


def upload() -> Response:
    """Add official artwork."""
    here, at = require(Role.OWNER), deps()
    try:
        given = NewArtwork(
            _chosen(ArtworkKind, "artwork_kind"), _language(), request.form.get("trait") or None, _upload()
        )
        add_artwork(given, merchant=here.merchant, by=here.member.id, units=at.units, ids=at.ids, now=at.clock.now())
    except DomainError as refusal:
        return _refused("upload", refusal)
    return _done("admin.documents.added")


def remove_document(certificate: str) -> Response:
    """Take a document of products back."""
    remove_certificate(certificate, merchant=require(Role.OWNER).merchant, units=deps().units)
    return _done("admin.documents.removed")


def remove_art(artwork: str) -> Response:
    """Take an artwork back."""
    remove_artwork(artwork, merchant=require(Role.OWNER).merchant, units=deps().units)
    return _done("admin.documents.removed")


def _render(status: HTTPStatus = HTTPStatus.OK, where: str = "", refusal: str = "") -> Response:
    said, now = words(), deps().clock.now()
    with deps().units.read(presence().merchant) as unit:
        policy = unit.policies.in_force(now)
        attested, certificates, artworks = unit.attested.all(), unit.certificates.all(), unit.artworks.all()
    needed = coverage(official_languages(policy), attested, deps().law.rulebook.jurisdictions)
    return page(
        "documents.html",
        status,
        texts=_grouped(needed, said),
        pieces=[(piece.value, said.text(f"document.{piece.value.removeprefix('withdrawal_')}")) for piece in Piece],
        certificates=certificates,
        today=now.date(),
        kinds=[(kind.value, _kind_name(kind, said)) for kind in CertificateKind],
        artworks=artworks,
        artwork_kinds=[(kind.value, said.text(key)) for kind, key in _ARTWORKS.items()],
        guarantees=[("", "–"), *_guarantees(policy)],
        languages=[(tag, said.language_name(tag)) for tag in LANGUAGES],
        countries=[("", "–"), *sorted({(each.country, said.country(each.country)) for each in needed})],
        where_from=[(address, _file_name(address)) for address in load_texts().artwork],
        language_name=said.language_name,
        where=where,
        refusal=refusal,
        typed=request.form,
    )


def _grouped(found: Sequence[Coverage], said: Catalogue) -> list[tuple[Coverage, str]]:
    """One row for each document in a language, with the countries it is for; by language, as the reader calls it."""
    groups: dict[Coverage, list[str]] = {}
    for each in found:
        groups.setdefault(replace(each, country=""), []).append(said.country(each.country))
    rows = [(each, ", ".join(sorted(countries))) for each, countries in groups.items()]
    return sorted(rows, key=lambda row: (said.language_name(row[0].language), list(Piece).index(row[0].piece)))


def _file_name(address: str) -> str:
    named = parse_qs(urlsplit(address).query).get("filename", [])
    return f"{urlsplit(address).netloc} – {''.join(named)}"


def official_languages(policy: PolicyVersion | None) -> dict[str, list[str]]:
    """The official languages of every country a policy names, as far as we speak them (CLDR)."""
    markets = (policy.default, *policy.markets) if policy else ()
    named = {country for market in markets for country in market.countries}
    named |= {policy.home_country} if policy and policy.home_country else set()
    return {country: _spoken(country) for country in named}


def _spoken(country: str) -> list[str]:
    found = (negotiate(tag.replace("_", "-"), None, otherwise="") for tag in get_official_languages(country))
    return list(dict.fromkeys(tag for tag in found if tag))


def _kind_name(kind: CertificateKind, said: Catalogue) -> str:
    key = f"admin.documents.kind.{kind.value}"
    return said.text(key) if said.has(key) else _ACRONYMS.get(kind, kind.value.upper())


def _guarantees(policy: PolicyVersion | None) -> list[tuple[str, str]]:
    rules = policy.traits if policy else ()
    found = [rule for rule in rules if rule.trait is Trait.PRODUCER_GUARANTEE and rule.is_confirmed]
    return [(rule.id, f"{rule.producer or rule.id} ({rule.months})") for rule in found]


def _refused(where: str, refusal: DomainError) -> Response:
    return _render(HTTPStatus.UNPROCESSABLE_ENTITY, where, error_text(words(), refusal.code))


def _done(key: str) -> Response:
    notices.leave(key)
    return see(url_for("admin.documents"))


def _chosen(kind: type[Chosen], field: str) -> Chosen:
    try:
        return kind(request.form.get(field, ""))
    except ValueError as error:
        raise Invalid({"field": field}) from error


def _language() -> str:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise Invalid({"field": "language"})
    return language


def _country() -> str | None:
    country = request.form.get("country", "")
    if country and country not in deps().law.rulebook.jurisdictions:
        raise Invalid({"field": "country"})
    return country or None


def _day(field: str) -> date | None:
    typed = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Invalid({"field": field}) from error


def _upload() -> bytes:
    file = request.files.get("file")
    return file.read() if file else b""
