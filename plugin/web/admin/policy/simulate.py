"""The simulator: one shopper, one product, the days it is ordered and delivered; all five clocks with their reasons."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus

from flask import Response, request

from plugin.domain.errors import NotFound
from plugin.domain.policy.scope import Item
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.usecases.list_policies import ListedPolicy, list_policies
from plugin.usecases.look_up_product import look_up_product
from plugin.usecases.simulate_order import Purchase, simulate_order
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import format_moment, page, words
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.desk import find_draft
from plugin.web.admin.policy.picker import picker
from plugin.web.admin.policy.reading import amount_of
from plugin.web.deps import deps
from plugin.wording.panel import clock_lines

DRAFT = "draft"
IN_FORCE = ""
_FIRST, _LAST = date(2000, 1, 1), date(2200, 1, 1)
_AFTER = timedelta(days=4)
_FIELDS = (
    *("country", "state", "postcode", "product", "sku", "categories", "tags", "properties", "price", "currency"),
    *("ordered_on", "delivered_on", "as_of", "policy"),
)


def show() -> Response:
    """The simulator as the address asks; without a country, ready to be asked."""
    at, said = deps(), words()
    now = at.clock.now()
    typed = {name: request.args.get(name, "").strip()[:200] for name in _FIELDS}
    if not request.args:
        typed |= {"ordered_on": now.date().isoformat(), "delivered_on": (now.date() + _AFTER).isoformat()}
    purchase, refusals = _purchase(typed, said)
    as_of, more = _as_of(typed["as_of"], purchase, now, said)
    refusals |= more
    listed = list_policies(merchant=presence().merchant, units=at.units, now=now)
    policy, offered = _policy(typed["policy"], listed, now, said)
    answer = None
    if purchase is not None and not refusals:
        stored, line = simulate_order(purchase, policy, at.law, [each.version for each in listed], now=as_of)
        answer = {"stored": stored, "clocks": clock_lines(line, said, as_of)}
    return page(
        "policy_simulate.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refusals else HTTPStatus.OK,
        typed=typed,
        is_business=bool(request.args.get("is_business")),
        is_virtual=bool(request.args.get("is_virtual")),
        refusals=refusals,
        answer=answer,
        as_of=as_of,
        policy=policy,
        picker=picker(),
        country_choices=choices.countries(at.law.rulebook, said),
        policy_choices=offered,
    )


def _purchase(typed: Mapping[str, str], said: Catalogue) -> tuple[Purchase | None, dict[str, str]]:
    """The purchase that was typed, and what is wrong with it by field."""
    known = {code for code in deps().law.rulebook.jurisdictions if "-" not in code}
    if not typed["country"]:
        return None, {}
    refusals = {} if typed["country"] in known else {"country": said.text("policy.choose")}
    ordered, delivered = _day(typed["ordered_on"]), _day(typed["delivered_on"])
    if ordered is None:
        refusals["ordered_on"] = said.text("problem.not_a_day")
    if typed["delivered_on"] and delivered is None:
        refusals["delivered_on"] = said.text("problem.not_a_day")
    elif ordered is not None and delivered is not None and delivered < ordered:
        refusals["delivered_on"] = said.text("problem.delivered_out_of_order")
    price = amount_of(typed["price"], typed["currency"])
    if typed["price"] and price is None:
        refusals["price"] = said.text("problem.not_an_amount")
    if refusals or ordered is None:
        return None, refusals
    sold = _known(typed["product"])
    purchase = Purchase(
        country=typed["country"],
        ordered_on=ordered,
        delivered_on=delivered,
        state=typed["state"] or None,
        postcode=typed["postcode"] or None,
        product=sold.product,
        sku=typed["sku"] or sold.sku,
        categories=_names(typed["categories"]) or tuple(sorted(sold.categories or ())),
        collections=tuple(sorted(sold.collections or ())),
        tags=_names(typed["tags"]) or tuple(sorted(sold.tags or ())),
        price=price,
        properties=_names(typed["properties"]),
        is_business=bool(request.args.get("is_business")),
        is_physical=not request.args.get("is_virtual"),
    )
    return purchase, {}


def _known(product: str) -> Item:
    """What a catalogue knows of a product of this number."""
    if not product:
        return Item()
    return look_up_product(product, merchant=presence().merchant, units=deps().units) or Item(product=product)


def _as_of(text: str, purchase: Purchase | None, now: datetime, said: Catalogue) -> tuple[datetime, dict[str, str]]:
    """When clocks are told: at noon (UTC) of the day that was typed; else now, or at the delivery if that is later."""
    if text:
        day = _day(text)
        return (_noon(day), {}) if day else (now, {"as_of": said.text("problem.not_a_day")})
    delivered = purchase.delivered_on if purchase else None
    return (max(now, _noon(delivered)) if delivered else now), {}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _policy(
    chosen: str, listed: Sequence[ListedPolicy], now: datetime, said: Catalogue
) -> tuple[PolicyVersion | None, list[tuple[str, str]]]:
    """The policy that was chosen and all that can be. Raises `NotFound`."""
    with deps().units.read(presence().merchant) as unit:
        versions = {IN_FORCE: unit.policies.in_force(now), **{each.version.id: each.version for each in listed}}
    offered = [(IN_FORCE, said.text("policy.in_force"))]
    review = find_draft()
    if review is not None and review.version is not None:
        versions[DRAFT] = review.version
        offered.append((DRAFT, said.text("policy.draft.title")))
    offered += [(each.version.id, _version_name(each.version, said)) for each in listed]
    if chosen not in versions:
        raise NotFound({"field": "policy"})
    return versions[chosen], offered


def _version_name(version: PolicyVersion, said: Catalogue) -> str:
    return said.text("policy.since", at=format_moment(version.effective_from, said))


def _day(text: str) -> date | None:
    """The day that was typed, None where it is none that an order could be of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST <= day < _LAST else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
