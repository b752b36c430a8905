"""A claim that is written on two pages at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import Units
from plugin.web.deps import provide
from tests.web.extensions.conftest import ORDER, Extensions

AT = f"/account/orders/{ORDER}/claim"
STOVE = {"line": "12", "quantity": 1, "reason": "change_of_mind.dislike"}
LANTERN = {"line": "11", "quantity": 2, "reason": "change_of_mind.dislike"}


@dataclass
class Interrupted:
    """Units to write in; before the one with this number something else happens."""

    units: Units
    number: int
    happens: Callable[[], object]

    def __call__(self, merchant: MerchantId) -> Any:  # noqa: ANN401 - a unit
        self.number -= 1
        if self.number == 0:
            self.happens()
        return self.units(merchant)

    def read(self, merchant: MerchantId) -> Any:  # noqa: ANN401 - a unit
        return self.units.read(merchant)


def test_lines_that_the_other_page_chose_meanwhile_stay_as_they_are(extensions: Extensions) -> None:
    installed = extensions.installation
    here = installed.deps
    told: list[Any] = []

    def other_page() -> None:
        provide(installed.app, here)
        told.append(extensions.post(AT, {"lines": [LANTERN]}, lang="en").get_json()["lines"])

    provide(installed.app, replace(here, units=Interrupted(here.units, 3, other_page)))  # counted, lines chosen
    answer = extensions.post(AT, {"lines": [STOVE]}, lang="en")
    assert (answer.status_code, len(told)) == (HTTPStatus.OK, 1)
    assert [(line["line"], line["reason"]) for line in told[0]] == [("11", "change_of_mind.dislike")]
    assert answer.get_json()["lines"] == told[0]
