"""Lines for advertisements: what the version in force lets the shop claim in a country, each with what it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from flask import Flask, Response, current_app

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.policy.terms import Window
from plugin.domain.subscription import Feature
from plugin.i18n import Catalogue, catalogue
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.admin.plans import missing_plan
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.picker import picker
from plugin.web.admin.policy.preview import Asked, asked, item_of
from plugin.web.deps import deps
from plugin.wording.promise_terms import window_length

_KEY = "aftercare.admin.lines"


class Ground(Protocol):
    """A claim that is proven, and the time it is proven for."""

    @property
    def claim(self) -> StrEnum:
        """`free`, `return`, `exchange` or `warranty`."""

    @property
    def window(self) -> Window:
        """How long it holds."""


class Line(Protocol):
    """A line that fits `length` characters, and everything it claims."""

    @property
    def text(self) -> str:
        """The line, in the language asked for."""

    @property
    def length(self) -> int:
        """The shortest of the usual lengths it fits, in characters."""

    @property
    def rests_on(self) -> Sequence[Ground]:
        """What it rests on, at least one."""


MakeLines = Callable[[MarketRights, Catalogue], Sequence[Line]]
"""From the rights in a country and the catalogue of a language; the layer that words them stands beside this one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what it rests on, for the desk."""

    text: str
    length: int
    grounds: tuple[str, ...]


def provide(app: Flask, make: MakeLines) -> None:
    """Give `app` what makes the lines."""
    app.extensions[_KEY] = make


def show() -> Response:
    """The lines for the country, language and product the address asks for, by the version in force."""
    at, said = deps(), words()
    with at.units.read(presence().merchant) as unit:
        policy = unit.policies.in_force(at.clock.now())
    typed = asked(policy, "", said)
    wanted = Asked(typed.country, typed.language, typed.product)
    rights = market_rights(wanted.country, policy, at.law, item_of(wanted))
    shoppers = catalogue(wanted.language)
    closed = missing_plan(Feature.AD_LINES)
    found = _make()(rights, shoppers) if policy and not closed else ()
    return page(
        "policy_lines.html",
        policy=policy,
        closed=closed,
        asked=wanted,
        lines=[_told(line, said) for line in found],
        why_none=why_none(rights, said),
        shoppers=shoppers,
        picker=picker(),
        country_choices=choices.countries(at.law.rulebook, said),
        language_choices=choices.languages(),
    )


def why_none(rights: MarketRights, said: Catalogue) -> tuple[str, ...]:
    """What stands in the way of a claim, promise by promise."""
    return tuple(
        said.text(f"policy.lines.why.{why}") for why in (_return(rights), _exchange(rights), _warranty(rights))
    )


def _return(rights: MarketRights) -> str:
    if rights.is_final_sale:
        return "final_sale"
    if rights.return_window is None:
        return "no_return"
    if not rights.is_beyond_law:
        return "return_not_proven"
    return "return_by_law" if rights.extra_return is None else "return_counts"


def _exchange(rights: MarketRights) -> str:
    window = rights.exchange_window
    return "no_exchange" if window is None else "exchange_counts"


def _warranty(rights: MarketRights) -> str:
    return "no_warranty" if rights.warranty_window is None else "warranty_by_law"


def _told(line: Line, said: Catalogue) -> Told:
    return Told(line.text, line.length, tuple(_ground(ground, said) for ground in line.rests_on))


def _ground(ground: Ground, said: Catalogue) -> str:
    is_endless = ground.window.length is None
    length = said.text("policy.unit.endless") if is_endless else window_length(ground.window, said)
    return said.text(f"policy.lines.claim.{ground.claim.value}", length=length)


def _make() -> MakeLines:
    return cast("MakeLines", current_app.extensions[_KEY])
