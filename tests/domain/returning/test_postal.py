"""Return addresses in parts: read as they are written in their country, or not read at all."""

import pytest

from plugin.domain.policy.identity import Address
from plugin.domain.returning.postal import PostalParts, postal_parts


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (("Hafen 1", "24937 Flensburg"), PostalParts(("Hafen 1",), "24937", "Flensburg")),
        (("Gasse 2", "A-6900 Bregenz"), PostalParts(("Gasse 2",), "6900", "Bregenz")),
        (("Stadhuisplein 50", "1013 AB Amsterdam"), PostalParts(("Stadhuisplein 50",), "1013 AB", "Amsterdam")),
        (("ul. Długa 3", "00-950 Warszawa"), PostalParts(("ul. Długa 3",), "00-950", "Warszawa")),
        (("Storgatan 1", "111 22 Stockholm"), PostalParts(("Storgatan 1",), "111 22", "Stockholm")),
        (("Rua 1", "1000-001 Lisboa"), PostalParts(("Rua 1",), "1000-001", "Lisboa")),
        (
            ("Lager 4", "Tor 2", "4020 Linz an der Donau"),
            PostalParts(("Lager 4", "Tor 2"), "4020", "Linz an der Donau"),
        ),
        (("1 High St", "London SW1A 1AA"), PostalParts(("1 High St",), "SW1A 1AA", "London")),
        (("1 High St", "Bath", "BA1 1AA"), PostalParts(("1 High St",), "BA1 1AA", "Bath")),
        (("417 Main St", "San Francisco, CA 94104"), PostalParts(("417 Main St",), "94104", "San Francisco", "CA")),
        (("Hafen 1", "Flensburg"), None),
        (("24937 Flensburg",), None),
        (("Hafen 1", "24937"), None),
    ],
)
def test_an_address_is_read_as_its_country_writes_it(lines: tuple[str, ...], parts: PostalParts | None) -> None:
    assert postal_parts(Address(lines, "DE")) == parts
