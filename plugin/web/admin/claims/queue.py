"""The queue of claims across all shops: saved views with counts, filters as chips in the address, keyset pages."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

from flask import Response, request, url_for

from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.errors import Invalid
from plugin.domain.ids import ShopId, StaffId
from plugin.i18n import Catalogue
from plugin.ports.claim_views import MANY, ClaimQuery, QueueView
from plugin.web.admin.auth import presence
from plugin.web.admin.claims.due import due_day, due_moment
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps
from plugin.wording.aftersales.reasons import reason_name
from plugin.wording.policy_values import name_text

PAGE = 50
FOLLOW_SECONDS = 20
"""How often an open list asks again."""
FILTERS = ("view", "q", "shop", "status", "tier", "country", "assignee")
VIEWS = (
    *(QueueView.OPEN, QueueView.MINE, QueueView.UNASSIGNED, QueueView.SAFETY, QueueView.OVERDUE, QueueView.TODAY),
    *(QueueView.UNANSWERED, QueueView.WAITING, QueueView.MONEY, QueueView.ALL),
)


def index() -> Response:
    """One page of the view that is looked at."""
    return render()


def render(
    error: str | None = None,
    chosen: tuple[str, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
    left: Sequence[object] = (),
) -> Response:
    """The list as the address asks for it; after a refusal with its reason and the rows that were chosen.

    `left`: claims that something could not be done to, each with why (`bulk.Left`).
    """
    here, at, said = presence(), deps(), words()
    query, now = _query(here.member.id), at.clock.now()
    found = at.views.claims(here.merchant, query, request.args.get("cursor"), PAGE, now)
    counts = at.views.claim_counts(here.merchant, here.member.id, now)
    with at.units.read(here.merchant) as unit:
        shops = {str(shop.id): shop.name for shop in unit.shops.all()}
        policy = unit.policies.in_force(now)
        staff = {str(member.id): member.email for member in unit.staff.all()}
    return page(
        "claims.html",
        status,
        rows=found.rows,
        query=query,
        views=[(view, _count(counts.get(view), said), list_href(view=view.value, cursor=None)) for view in VIEWS],
        chips=_chips(query, shops, staff, said),
        staff=staff,
        **_choices(shops, staff, said),
        previous_href=_page_href(found.previous_cursor),
        next_href=_page_href(found.next_cursor),
        here_href=list_href(cursor=request.args.get("cursor")),
        bulk_href=list_href("admin.claims_bulk", cursor=request.args.get("cursor")),
        reason_of=lambda row: reason_name(row.reason, policy, said).text if row.reason else "",
        remedy_of=lambda row: name_text(row.wanted, said) if row.wanted else "",
        answer_by=lambda row: due_moment(row.answer_due_at, row.zone, said),
        money_by=lambda row: due_day(row.money_due_at, row.zone, said),
        now=now,
        follow_seconds=FOLLOW_SECONDS,
        chosen=chosen,
        error=error,
        left=left,
    )


def _choices(shops: Mapping[str, str], staff: Mapping[str, str], said: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """What there is to filter by."""
    return {
        "shop_choices": list(shops.items()),
        "staff_choices": list(staff.items()),
        "status_choices": [(each.value, said.text(f"desk.status.{each.value}")) for each in ClaimStatus],
        "tier_choices": [(each.value, said.text(f"desk.tier.{each.value}")) for each in Tier],
    }


def list_href(endpoint: str = "admin.claims", **changes: str | None) -> str:
    """An address with the filters of this request, some of them changed (None: left out)."""
    kept = {name: request.args.get(name) or None for name in FILTERS}
    return url_for(endpoint, **cast("dict[str, Any]", {**kept, **changes}))


def _query(agent: StaffId) -> ClaimQuery:
    args = request.args
    try:
        return ClaimQuery(
            view=QueueView(args.get("view") or QueueView.OPEN),
            text=args.get("q", "").strip()[:200],
            shop=ShopId(args["shop"]) if args.get("shop") else None,
            status=ClaimStatus(args["status"]) if args.get("status") else None,
            tier=Tier(args["tier"]) if args.get("tier") else None,
            country=args.get("country", "").upper()[:2] or None,
            assignee=StaffId(args["assignee"]) if args.get("assignee") else None,
            agent=agent,
        )
    except ValueError as error:
        raise Invalid({"field": "view"}) from error


def _chips(
    query: ClaimQuery, shops: Mapping[str, str], staff: Mapping[str, str], said: Catalogue
) -> list[tuple[str, str]]:  # fmt: skip
    """Each filter in force, with the address of the list without it."""
    texts = {
        "q": query.text,
        "shop": shops.get(str(query.shop), said.text("admin.orders.unknown_shop")) if query.shop else "",
        "status": said.text(f"desk.status.{query.status.value}") if query.status else "",
        "tier": said.text(f"desk.tier.{query.tier.value}") if query.tier else "",
        "country": said.country(query.country) if query.country else "",
        "assignee": staff.get(str(query.assignee), said.text("desk.nobody")) if query.assignee else "",
    }
    return [(text, list_href("admin.claims", **{name: None})) for name, text in texts.items() if text]


def _count(count: int | None, said: Catalogue) -> str:
    if count is None:
        return ""
    return said.text("desk.many", n=MANY) if count >= MANY else said.number(count)


def _page_href(cursor: str | None) -> str | None:
    return list_href(cursor=cursor) if cursor else None
