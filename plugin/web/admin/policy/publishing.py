"""Check and publish: what stands in the way, what would change where, and from when it holds."""

from datetime import datetime
from http import HTTPStatus
from itertools import groupby

from flask import Response, request, url_for

from plugin.domain.policy.document import InvalidPolicy
from plugin.domain.policy.draft import DraftMoved
from plugin.domain.shop import Role
from plugin.usecases.check_draft import check_draft
from plugin.usecases.compare_policies import Comparison, compare_draft
from plugin.usecases.publish_draft import AwaitsWithdrawalFunction, PolicyNotLawful, publish_draft
from plugin.usecases.publish_policy import PolicyInThePast
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.deliveries import NotADay
from plugin.web.admin.pages import page, see, words
from plugin.web.admin.policy.desk import Opened, opened
from plugin.web.admin.policy.editor import part_href, title_of
from plugin.web.admin.policy.overview import day_of
from plugin.web.admin.policy.told import Remark, country_names
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of
from plugin.wording.policy_diff import ToldDifference, told_difference


def show() -> Response:
    """The page to check and publish on."""
    return render()


def check() -> Response:
    """Keep on record what a check finds now, and who made it."""
    here, at, found = require(Role.AGENT), deps(), opened()
    check_draft(found.draft.id, merchant=here.merchant, by=here.member, units=at.units, law=at.law, now=at.clock.now())
    notices.leave("policy.checked")
    return see(url_for("admin.policy_check"))


def publish() -> Response:
    """Publish the draft; a refusal is told where it was asked for."""
    here, at, found = require(Role.OWNER), deps(), opened()
    version = request.form.get("version", "")
    try:
        begins = day_of(request.form["from"]) if request.form.get("from", "").strip() else None
        published = publish_draft(
            found.draft.id,
            int(version) if version.isdecimal() and len(version) < len(str(2**31)) else -1,
            effective_from=begins,
            merchant=here.merchant,
            by=here.member,
            units=at.units,
            ids=at.ids,
            law=at.law,
            now=at.clock.now(),
        )
    except (NotADay, PolicyInThePast) as refusal:
        return render(status_of(refusal), error_at_day=error_text(words(), refusal.code))
    except (DraftMoved, InvalidPolicy, PolicyNotLawful, AwaitsWithdrawalFunction) as refusal:
        return render(status_of(refusal), refused=error_text(words(), refusal.code))
    notices.leave("policy.published")
    return see(url_for("admin.policy_version", version_id=published.id))


def render(status: HTTPStatus = HTTPStatus.OK, refused: str | None = None, error_at_day: str | None = None) -> Response:
    """The page; after a refusal with its reason."""
    found, said = opened(), words()
    comparison = _compared(found, deps().clock.now())
    changes = [told_difference(each, said) for each in comparison.differences] if comparison else []
    errors = sum(remark.is_error for remark in found.said)
    return page(
        "policy_check.html",
        status,
        draft=found.draft,
        groups=_by_market(found),
        errors=errors,
        warnings=len(found.said) - errors,
        is_ready=found.review.check.lacks_only_function,
        comparison=comparison,
        changes=changes,
        touched=_touched(found, changes),
        part_href=part_href,
        title_of=lambda at: title_of(found, at),
        refused=refused,
        error_at_day=error_at_day,
        typed=request.form,
    )


def _compared(found: Opened, now: datetime) -> Comparison | None:
    """The draft beside what holds now; None while the draft is no policy."""
    if found.review.version is None:
        return None
    return compare_draft(found.draft.id, now, merchant=presence().merchant, units=deps().units)


def _by_market(found: Opened) -> list[tuple[str, list[Remark]]]:
    """What was found, by the market it is about; what is about the whole policy first."""
    whole = words().text("policy.whole")

    def place(remark: Remark) -> str:
        return title_of(found, remark.page.partition(".rules.")[0]) if remark.page else whole

    ordered = sorted(found.said, key=lambda remark: (bool(remark.page), remark.page.partition(".rules.")[0]))
    return [(name, list(each)) for name, each in groupby(ordered, key=place)]


def _touched(found: Opened, changes: list[ToldDifference]) -> list[tuple[str, str]]:
    """The markets in which something changes, with their countries."""
    version = found.review.version
    if version is None:
        return []
    places = {change.place.split(" · ")[0] for change in changes}
    said = words()
    named = [(market.market, country_names(sorted(market.countries), said)) for market in version.markets]
    return [each for each in [*named, (version.default.market, said.text("policy.rest"))] if each[0] in places]
