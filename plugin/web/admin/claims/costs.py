"""What things cost, and from when on the rules hold back: a form of the claim settings, set by managers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from plugin.domain.claim_engine.cost_sheet import CostRow, CostSheet
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.money import Money, NotAnAmount, exponent
from plugin.domain.policy.terms import BASIS_POINTS, Rate
from plugin.web.admin.claims.told import worded
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import words

AMOUNTS = ("label", "label_abroad", "duty", "handling", "outbound", "part", "repair")
SHARES = ("resale", "goods", "too_dear")
_PER_CENT = BASIS_POINTS // 100
_REVIEW_SCORE = "cost.review_score"
_MOST_POINTS = 1_000
_SHARE = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class CostsView:
    """The form as it is shown: rows of fields by name, and single fields."""

    rows: tuple[Mapping[str, str], ...]
    single: Mapping[str, str]


def with_costs(known: ClaimSettings, typed: Typed, wrong: dict[str, str]) -> ClaimSettings:
    """The settings with what was typed; a threshold left out is the usual one. What is wrong is told by field."""
    rows = tuple(row for at in range(_typed_rows(typed.fields)) for row in _row(typed, at, wrong))
    shares = {name: _share(typed, name, wrong) for name in SHARES}
    points, usual = _points(typed, wrong), ClaimSettings()
    return replace(
        known,
        costs=CostSheet(rows, shares["resale"], shares["goods"]),
        too_dear=usual.too_dear if shares["too_dear"] is None else shares["too_dear"],
        review_score=usual.review_score if points is None else points,
    )


def costs_view(known: ClaimSettings, typed: Mapping[str, str]) -> CostsView:
    """What was typed, else what is in force with an empty row below."""
    if "cost.too_dear" in typed:
        single = {name: typed.get(f"cost.{name}", "") for name in (*SHARES, "review_score")}
        return CostsView(tuple(_as_typed(typed)), single)
    shares = {"resale": known.costs.resale, "goods": known.costs.goods, "too_dear": known.too_dear}
    single = {name: _per_cent(share) for name, share in shares.items()} | {"review_score": str(known.review_score)}
    return CostsView((*map(_shown, known.costs.rows), dict.fromkeys(("currency", *AMOUNTS), "")), single)


def _as_typed(typed: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    for at in range(_typed_rows(typed)):
        yield {name: typed.get(f"cost.{name}.{at}", "") for name in ("currency", *AMOUNTS)}


def _typed_rows(typed: Mapping[str, str]) -> int:
    return sum(name.startswith("cost.currency.") for name in typed)


def _shown(row: CostRow) -> Mapping[str, str]:
    return {"currency": row.currency} | {name: _plain(getattr(row, name)) for name in AMOUNTS}


def _plain(amount: Money | None) -> str:
    return "" if amount is None else f"{amount.decimal():.{exponent(amount.currency)}f}"


def _per_cent(share: Rate | None) -> str:
    return "" if share is None else f"{share / _PER_CENT:g}"


def _row(typed: Typed, at: int, wrong: dict[str, str]) -> tuple[CostRow, ...]:
    """The row, where anything was typed into it; its amounts are in its own currency."""
    currency = typed.text(f"cost.currency.{at}").upper()
    amounts = {name: _amount(typed, f"cost.{name}.{at}", currency, wrong) for name in AMOUNTS}
    return (CostRow(currency, **amounts),) if any(amount is not None for amount in amounts.values()) else ()


def _amount(typed: Typed, name: str, currency: str, wrong: dict[str, str]) -> Money | None:
    try:
        amount = typed.maybe_amount(name, currency)
    except NotAnAmount as refusal:
        wrong[name] = worded(refusal, words())
        return None
    if amount is not None and amount.minor < 0:
        wrong[name] = worded(NotAnAmount({"field": name}), words())
    return amount


def _share(typed: Typed, name: str, wrong: dict[str, str]) -> Rate | None:
    """Per cent, with a point or a comma before its decimals, as basis points."""
    text = typed.text(f"cost.{name}").removesuffix("%").strip()
    if not text:
        return None
    share = int(Decimal(text.replace(",", ".")) * _PER_CENT) if _SHARE.fullmatch(text) else -1
    if not 0 <= share <= BASIS_POINTS:
        wrong[f"cost.{name}"] = words().text("desk.costs.no_share")
    return share


def _points(typed: Typed, wrong: dict[str, str]) -> int | None:
    text = typed.text(_REVIEW_SCORE)
    is_number = text.isascii() and text.isdecimal() and len(text) <= len("1000")
    if text and not (is_number and 1 <= int(text) <= _MOST_POINTS):
        wrong[_REVIEW_SCORE] = words().text("desk.costs.no_points", most=_MOST_POINTS)
        return None
    return int(text) if text else None
