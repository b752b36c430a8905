import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.order import Platform
from plugin.domain.shop import ProvenShop
from plugin.domain.shop_name import distinct_name


def a_proven_shop(name: str, address: str = "https://fjell.example/de") -> ProvenShop:
    return ProvenShop(Platform.WOOCOMMERCE, address, name)


@pytest.mark.parametrize(
    ("called", "shown"),
    [
        (" Fjell & Sjø ", "Fjell & Sjø"),
        ("Fjell\n\tund\x00Fjord", "Fjell und Fjord"),
        ("", "fjell.example/de"),
        ("\x00", "fjell.example/de"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_name_is_what_the_platform_says_made_showable(called: str, shown: str) -> None:
    assert distinct_name(a_proven_shop(called), set()) == shown


def test_a_taken_name_is_followed_by_the_host_then_the_address_then_a_number() -> None:
    taken: set[str] = set()
    for _ in range(5):
        taken.add(distinct_name(a_proven_shop("Fjell"), taken))
    assert taken == {
        "Fjell",
        "Fjell (fjell.example)",
        "Fjell (fjell.example/de)",
        "Fjell (fjell.example/de, 2)",
        "Fjell (fjell.example/de, 3)",
    }


@given(st.text(max_size=300), st.text(min_size=1, max_size=300), st.integers(0, 6))
def test_a_name_is_always_new_and_can_be_shown(called: str, path: str, others: int) -> None:
    shop = a_proven_shop(called, f"https://fjell.example/{path}")
    taken: set[str] = set()
    for _ in range(others):
        taken.add(distinct_name(shop, taken))
    name = distinct_name(shop, taken)
    assert len(taken) == others
    assert name not in taken
    assert 1 <= len(name) <= 200
    assert name.isprintable()
    assert name == name.strip()
