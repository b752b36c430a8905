"""What the shop promises: the version in force in plain words, all versions with who and when, and where to start."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.policy.document import InvalidPolicy, write_policy
from plugin.domain.policy.edit import Document
from plugin.domain.policy.presets import law_only, preset, preset_names
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.domain.shop import Role
from plugin.i18n import Catalogue
from plugin.usecases.compare_policies import compare_policies
from plugin.usecases.declare_past_policy import NoPolicyYet, PastAlreadyPromised, declare_past_policy
from plugin.usecases.list_policies import ListedPolicy, PolicyStanding, list_policies
from plugin.usecases.start_draft import DraftOpen, start_draft
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.deliveries import NotADay
from plugin.web.admin.pages import page, see, words
from plugin.web.admin.policy.desk import find_draft
from plugin.web.admin.policy.editor import sources
from plugin.web.admin.policy.edits import NotADocument, parsed
from plugin.web.admin.policy.preview import country_of, no_banner_text
from plugin.web.admin.policy.told import country_names
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of
from plugin.wording.badge import banner
from plugin.wording.policy_diff import told_difference
from plugin.wording.promises import OneLine, one_line_promises


@dataclass(frozen=True, slots=True)
class Told:
    """A market of a version in plain words: whom it serves, and its promises, said for one of its countries."""

    name: str
    countries: str
    example: str
    lines: tuple[OneLine, ...]
    banner: str | None
    why_not: tuple[str, ...]
    """Why no banner says that returns are free, of goods no rule names."""
    page: str | None
    """Where shoppers read all of it, for that country."""


def index() -> Response:
    """The overview."""
    return render()


def version(version_id: str) -> Response:
    """One version: what it promises, and what it promises otherwise than the one before."""
    here, said = presence(), words()
    listed = next((each for each in _listed() if each.version.id == version_id), None)
    before = listed.publication.replaces if listed and listed.publication else None
    comparison = compare_policies(before, version_id, merchant=here.merchant, units=deps().units)
    return page(
        "policy_version.html",
        listed=listed,
        markets=in_plain_words(comparison.after, said),
        before=comparison.before,
        changes=[told_difference(each, said) for each in comparison.differences],
        staff=_staff(),
    )


def download(version_id: str) -> Response:
    """A version as a document, to keep or to bring along."""
    with deps().units.read(presence().merchant) as unit:
        found = unit.policies.get(version_id)
    text = json.dumps(write_policy(found), ensure_ascii=False, indent=2)
    answer = Response(f"{text}\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="policy-{found.effective_from:%Y-%m-%d}.json"'
    return answer


def start() -> Response:
    """Start a draft from a preset, a version, the law alone, or a file."""
    here, at = require(Role.AGENT), deps()
    try:
        document, based_on = _source(at.clock.now())
        start_draft(
            document,
            based_on=based_on,
            merchant=here.merchant,
            by=here.member,
            units=at.units,
            ids=at.ids,
            now=at.clock.now(),
        )
    except (NotADocument, DraftOpen) as refusal:
        return render(status_of(refusal), {"source": error_text(words(), refusal.code)})
    return see(url_for("admin.policy_draft"))


def declare() -> Response:
    """Declare what was promised before the first version on record."""
    here, at = require(Role.OWNER), deps()
    try:
        begins = day_of(request.form.get("from", ""))
        document, based_on = _source(at.clock.now())
        declare_past_policy(
            document or _written(based_on),
            begins,
            merchant=here.merchant,
            by=here.member,
            units=at.units,
            ids=at.ids,
            now=at.clock.now(),
        )
    except (NotADay, PastAlreadyPromised, NoPolicyYet) as refusal:
        return render(status_of(refusal), {"from": error_text(words(), refusal.code)})
    except (NotADocument, InvalidPolicy) as refusal:
        return render(status_of(refusal), {"past": error_text(words(), refusal.code)})
    notices.leave("policy.declared")
    return see(url_for("admin.policy"))


def render(status: HTTPStatus = HTTPStatus.OK, refusals: Mapping[str, str] | None = None) -> Response:
    """The overview; after a refusal with its reason at the field."""
    said, versions = words(), _listed()
    holding = next((each for each in versions if each.standing is PolicyStanding.IN_FORCE), None)
    start_from = [(f"version:{holding.version.id}", said.text("policy.from_force"))] if holding else []
    return page(
        "policy.html",
        status,
        holding=holding,
        markets=in_plain_words(holding.version, said) if holding else (),
        versions=versions,
        review=find_draft(),
        staff=_staff(),
        source_choices=[*start_from, *sources(said)],
        refusals=refusals or {},
        typed=request.form,
    )


def in_plain_words(policy: PolicyVersion, said: Catalogue) -> list[Told]:
    """Every market of a version in the one-line promises that shoppers read, each for one of its countries."""
    known = {code for code in deps().law.rulebook.jurisdictions if "-" not in code}
    places = [f"markets.{at}" for at, _ in enumerate(policy.markets)]
    told = [_told(market, place, policy, known, said) for place, market in zip(places, policy.markets, strict=True)]
    return [*told, _told(policy.default, "default", policy, known, said)]


def day_of(text: str) -> datetime:
    """The beginning (UTC) of the day that was typed. Raises `NotADay`."""
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time(), UTC)
    except ValueError as error:
        raise NotADay({"field": "from"}) from error


def _told(market: MarketPolicy, place: str, policy: PolicyVersion, known: set[str], said: Catalogue) -> Told:
    country = country_of(policy, place, known)
    rights = market_rights(country, policy, deps().law)
    served = country_names(sorted(market.countries), said) if market.countries else said.text("policy.rest")
    return Told(
        name=market.market,
        countries=served,
        example=said.country(country),
        lines=one_line_promises(rights, said),
        banner=banner(rights, said),
        why_not=no_banner_text(rights, said),
        page=_page_of(country, said),
    )


def _page_of(country: str, said: Catalogue) -> str | None:
    """The after-sales page of the merchant's first shop; it is about the version in force."""
    with deps().units.read(presence().merchant) as unit:
        shop = next(iter(unit.shops.all()), None)
    if shop is None:
        return None
    return url_for("aftersales.pages.page", shop_key=shop.key, language=said.language, country=country)


def _listed() -> tuple[ListedPolicy, ...]:
    return list_policies(merchant=presence().merchant, units=deps().units, now=deps().clock.now())


def _staff() -> dict[str, str]:
    """Who works here, by id."""
    with deps().units.read(presence().merchant) as unit:
        return {member.id: member.email for member in unit.staff.all()}


def _source(now: datetime) -> tuple[Document | None, str | None]:
    """The document to start from, or the id of the version. Raises `NotADocument`."""
    kind, _, name = request.form.get("source", "").partition(":")
    match kind:
        case "preset" if name in preset_names():
            return write_policy(preset(name, now)), None
        case "version":
            return None, name
        case "law":
            return write_policy(law_only(now)), None
        case _:
            sent = request.files.get("file")
            return parsed(sent.read() if sent else b""), None


def _written(version_id: str | None) -> Document:
    with deps().units.read(presence().merchant) as unit:
        return write_policy(unit.policies.get(version_id or ""))
