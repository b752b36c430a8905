"""The editor's pages: the draft as a whole, one market, one rule, the lists, and the document itself."""

import json
from http import HTTPStatus
from typing import Any, cast

from flask import Response, url_for

from plugin.domain.policy.presets import preset_names
from plugin.domain.policy.reasons import DEFAULT_REASONS
from plugin.domain.policy.terms import Track
from plugin.domain.policy.traits import Trait
from plugin.i18n import Catalogue
from plugin.web.admin.pages import page, words
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.controls import flattened, shown
from plugin.web.admin.policy.desk import Opened, opened
from plugin.web.admin.policy.draft_page import first_shop
from plugin.web.admin.policy.parts import absent_tracks, rule_title, special_rules
from plugin.web.admin.policy.picker import picker
from plugin.web.admin.policy.places import LISTS, listed, market_name, markets_of, value_at
from plugin.web.admin.policy.preview import Asked, asked, kept, preview_of
from plugin.web.admin.policy.suggested import TRAITS, dismissed, offered, suggested
from plugin.web.admin.policy.told import by_control, country_names
from plugin.web.deps import deps
from plugin.web.headers import FRAMING_OWN

_SCOPES = ("categories", "tags", "skus", "products")


def draft() -> Response:
    """The draft as a whole: its markets, lists and everything a check has to say."""
    return render("")


def show(place: str) -> Response:
    """One part of the draft."""
    return render(place)


def render(place: str, status: HTTPStatus = HTTPStatus.OK, refused: str | None = None) -> Response:
    """The part of the draft about a place; after a refusal with its reason. Raises `NotFound`."""
    found, said = opened(), words()
    part = found.part(place)
    filled = [(each, [shown(control, found.document) for control in each.controls]) for each in part.sections]
    notes = by_control(found.said, [*flattened(one for _, each in filled for one in each)])
    noted = {id(remark) for each in notes.values() for remark in each}
    here = [remark for remark in found.said if (not place or remark.page == place) and id(remark) not in noted]
    response = page(
        "policy_part.html",
        status,
        part=part,
        sections=filled,
        notes=notes,
        said=here,
        refused=refused,
        **_around(found, place),
        **_offered(found, place, said),
    )
    response.headers["Content-Security-Policy"] = FRAMING_OWN
    return response


def document(status: HTTPStatus = HTTPStatus.OK, typed: str | None = None, refused: str | None = None) -> Response:
    """The whole draft as a document; after a refusal as it was typed."""
    found = opened()
    text = typed if typed is not None else json.dumps(found.document, ensure_ascii=False, indent=2)
    return page("policy_document.html", status, text=text, refused=refused, said=found.said, **_around(found, ""))


def part_href(place: str, **more: str) -> str:
    """The address of a part, with the preview as it is."""
    facts = cast("dict[str, Any]", {**kept(), **more})
    return url_for("admin.policy_part", place=place, **facts) if place else url_for("admin.policy_draft", **facts)


def _around(found: Opened, place: str) -> dict[str, object]:
    """What every page of the editor has beside its own part: undo, the state, the preview."""
    said, version = words(), found.review.version
    wanted = asked(version, place, said)
    errors = sum(remark.is_error for remark in found.said)
    return {
        "draft": found.draft,
        "place": place,
        "version": version,
        "errors": errors,
        "warnings": len(found.said) - errors,
        "is_ready": found.review.check.lacks_only_function,
        "preview": preview_of(wanted, version, said) if version else None,
        "asked": wanted,
        "picker": picker(),
        "page_href": _page_href(found, wanted) if version and first_shop() else None,
        "country_choices": choices.countries(deps().law.rulebook, said),
        "language_choices": choices.languages(),
        "kept": kept(),
        "part_href": part_href,
        "title_of": lambda at: title_of(found, at),
    }


def _page_href(found: Opened, wanted: Asked) -> str:
    """The after-sales page as the draft stands: another address after each edit, so that its frame follows."""
    edit = found.draft.version
    return url_for("admin.policy_draft_page", country=wanted.country, language=wanted.language, edit=edit)


def title_of(found: Opened, place: str) -> str:
    """What a part of the draft is called, the market of a rule included."""
    if ".rules." in place:
        market = market_name(found.document, place.partition(".rules.")[0])
        return f"{market} · {rule_title(found.document, place, words())}"
    if place in LISTS:
        return words().text(f"policy.term.policy.{place}")
    return market_name(found.document, place) if place else words().text("policy.draft.title")


def _offered(found: Opened, place: str, said: Catalogue) -> dict[str, object]:
    """What can be added here."""
    document = found.document
    if not place:
        lists = [(name, said.text(f"policy.term.policy.{name}"), len(listed(document, name))) for name in LISTS]
        return {"markets": [_market(found, at, name) for at, name in markets_of(document)], "lists": lists}
    if place in LISTS:
        taken = {value_at(document, f"reasons.{at}.id") for at, _ in enumerate(listed(document, "reasons"))}
        reasons = [(each, name) for each, name in choices.reasons(said) if each not in taken]
        return {
            "suggestions": offered(suggested(document), said) if place == TRAITS else (),
            "dismissed": dismissed(document, said) if place == TRAITS else (),
            "trait_choices": choices.options(Trait, "policy.value.trait", said),
            "reason_choices": [("", said.text("policy.reason.new")), *reasons],
            "default_reasons": DEFAULT_REASONS,
        }
    if ".rules." in place:
        return {"market": place.partition(".rules.")[0]}
    served = [code for code in listed(document, f"{place}.countries") if isinstance(code, str)]
    return {
        "is_market": True,
        "served": [(code, said.country(code)) for code in sorted(served, key=said.country)],
        "addable": choices.countries(deps().law.rulebook, said, served),
        "regions": [(name, said.text(f"policy.region.{name}")) for name in choices.regions(deps().law.rulebook)],
        "special": [(at, rule_title(document, at, said)) for at in special_rules(document, place)],
        "absent": [(track, said.text(f"policy.value.track.{track}")) for track in absent_tracks(document, place)],
        "track_choices": choices.options(Track, "policy.value.track", said),
        "scope_choices": [(name, said.text(f"policy.term.scope.{name}")) for name in _SCOPES],
    }


def _market(found: Opened, place: str, name: str) -> tuple[str, str, str, int, int]:
    """A market in the list: place, name, countries, errors and warnings inside it."""
    served = [code for code in listed(found.document, f"{place}.countries") if isinstance(code, str)]
    inside = [r.is_error for r in found.said if r.page == place or r.page.startswith(f"{place}.")]
    text = words().text("policy.rest") if place == "default" else country_names(sorted(served), words())
    return place, name, text, sum(inside), len(inside) - sum(inside)


def sources(said: Catalogue) -> list[tuple[str, str]]:
    """What a draft can start from, besides versions: presets, the law alone, a file."""
    presets = [(f"preset:{name}", said.text(f"policy.preset.{name}")) for name in preset_names()]
    return [*presets, ("law", said.text("policy.preset.law")), ("file", said.text("policy.from_file"))]
