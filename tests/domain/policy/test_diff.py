"""What is told of two versions is exactly what differs."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.diff import Difference, DifferenceKind, differences
from plugin.domain.policy.presets import law_only
from plugin.domain.policy.terms import Payer, Window
from tests.build import NOW, PLACED, a_market, a_policy
from tests.domain.policy.versions import markets, versions

Path = tuple[str, ...]


def turned(version: PolicyVersion) -> PolicyVersion:
    """Give the same in another order."""
    default = replace(version.default, rules=version.default.rules[::-1])
    return replace(version, default=default, markets=version.markets[::-1])


pairs = (
    st.tuples(versions, versions)
    | st.tuples(versions, markets).map(lambda drawn: (drawn[0], replace(drawn[0], default=drawn[1])))
    | versions.map(lambda version: (version, turned(version)))
)


def leaves(value: object, at: Path, renamed: dict[str, str]) -> Iterator[tuple[Path, object]]:
    """Every single thing said, by where it is said."""
    if is_dataclass(value):
        for each in fields(value):
            if at or each.name not in {"id", "effective_from"}:
                yield from leaves(getattr(value, each.name), (*at, each.name), renamed)
    elif isinstance(value, tuple) and value and all(hasattr(e, "id") or hasattr(e, "market") for e in value):
        for entry in value:
            name = entry.market if hasattr(entry, "market") else entry.id
            yield from leaves(entry, (*at, renamed.get(name, name)), renamed)
    elif value != ():
        yield at, value


def changed(before: PolicyVersion, after: PolicyVersion, told: tuple[Difference, ...]) -> set[Path]:
    renamed = {d.before: d.after for d in told if d.term == "market.market" and d.path[0] == "markets"}
    old, new = dict(leaves(before, (), renamed)), dict(leaves(after, (), {}))  # type: ignore[arg-type]  # names of markets
    nothing = object()
    return {path for path in old.keys() | new.keys() if old.get(path, nothing) != new.get(path, nothing)}


def of_terms(told: tuple[Difference, ...]) -> list[Path]:
    return [d.path for d in told if d.kind is not DifferenceKind.REORDERED]


def tells(path: Path, leaf: Path) -> bool:
    return leaf[: len(path)] == path


@given(pairs)
def test_everything_that_differs_is_told_exactly_once_and_nothing_else_is(
    pair: tuple[PolicyVersion, PolicyVersion],
) -> None:
    told = differences(*pair)
    differing = changed(*pair, told)
    assert [leaf for leaf in differing if sum(tells(path, leaf) for path in of_terms(told)) != 1] == []
    assert [path for path in of_terms(told) if not any(tells(path, leaf) for leaf in differing)] == []


@given(pairs)
def test_nothing_is_told_if_and_only_if_the_same_is_promised(pair: tuple[PolicyVersion, PolicyVersion]) -> None:
    before, after = pair
    same = replace(after, id=before.id, effective_from=before.effective_from)
    assert (differences(before, after) == ()) == (before == same)


@given(versions)
def test_a_version_does_not_differ_from_itself(version: PolicyVersion) -> None:
    assert differences(version, replace(version, id="later", effective_from=NOW)) == ()


def told(before: PolicyVersion | None, after: PolicyVersion) -> list[tuple[str, str, str | None, object, object]]:
    return [
        (d.kind.value, d.term, d.market, getattr(d.before, "id", d.before), getattr(d.after, "id", d.after))
        for d in differences(before, after)
    ]


def test_a_longer_window_and_another_payer_are_told_by_rule() -> None:
    before = a_policy(markets=(a_market("EU", frozenset({"DE"}), return_days=14),))
    after = a_policy("v2", markets=(a_market("EU", frozenset({"DE"}), return_days=30, return_payer=Payer.SHOPPER),))
    assert ("changed", "rule.window", "EU", Window(14), Window(30)) in told(before, after)
    assert told(before, after).count(("changed", "payers.none", "EU", Payer.SHOP, Payer.SHOPPER)) == 3
    assert {d.rule.id for d in differences(before, after) if d.rule} == {"withdrawal", "returns", "exchanges"}


def test_a_new_rule_a_removed_one_and_a_new_market_are_told_whole() -> None:
    before = a_policy(default=a_market(exchange_days=None))
    after = a_policy(default=a_market(warranty_months=None), markets=(a_market("UK", frozenset({"GB"})),))
    assert told(before, after)[:2] == [
        ("added", "rule", "everywhere", None, "exchanges"),
        ("removed", "rule", "everywhere", "warranty", None),
    ]
    assert [(kind, term, market) for kind, term, market, *_ in told(before, after)[2:]] == [("added", "market", "UK")]


def test_a_market_that_serves_the_same_countries_under_another_name_is_renamed() -> None:
    before = a_policy(markets=(a_market("EU", frozenset({"DE", "FR"})),))
    after = a_policy(markets=(a_market("European Union", frozenset({"DE", "FR"})),))
    assert told(before, after) == [("changed", "market.market", "European Union", "EU", "European Union")]


def test_another_order_of_rules_is_told_as_that() -> None:
    before, default = a_policy(), a_market()
    after = a_policy(default=replace(default, rules=tuple(reversed(default.rules))))
    assert [(d.kind, d.term, d.path) for d in differences(before, after)] == [
        (DifferenceKind.REORDERED, "market.rules", ("default", "rules"))
    ]


def test_of_a_first_version_everything_promised_is_told() -> None:
    assert {d.kind for d in differences(None, a_policy())} == {DifferenceKind.ADDED}
    assert differences(None, law_only(PLACED)) == ()
