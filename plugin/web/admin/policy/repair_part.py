"""The editor's entries about spare parts and repair."""

from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.places import value_at
from plugin.web.admin.policy.section import Desk, own_words

_SCOPE = ("products", "skus", "categories", "tags")


def repair(place: str, desk: Desk) -> tuple[str, tuple[Control, ...]]:
    """The title and the controls of one entry; it goes by its id."""
    said, title = desk.words, value_at(desk.document, f"{place}.id")
    plain = (
        ("parts_years", Kind.NUMBER),
        ("parts_from", Kind.MONEY),
        ("price_list", Kind.TEXT),
        ("manual", Kind.TEXT),
    )
    return str(title), (
        *(Control(f"{place}.scope.{name}", Kind.LINES, said.text(f"policy.term.scope.{name}")) for name in _SCOPE),
        *(Control(f"{place}.{name}", kind, said.text(f"policy.term.repair.{name}")) for name, kind in plain),
        *(
            control
            for name in ("ordering", "service", "limits")
            for control in own_words(
                desk.document, f"{place}.{name}", said, desk.also, said.text(f"policy.term.repair.{name}")
            )
        ),
    )
