"""All claims as a table for spreadsheets; nothing personal is in it, so every role may have it."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from flask import Flask, Response, current_app

from plugin.ports.claim_views import ExportedClaim
from plugin.usecases.claim.export import export_claims
from plugin.web.admin.auth import presence
from plugin.web.deps import deps

MakeTable = Callable[[Iterable[ExportedClaim]], Iterator[bytes]]
_KEY = "aftercare.admin.claims_table"


def provide(app: Flask, table: MakeTable) -> None:
    """Give `app` what writes the table, from a layer beside this one."""
    app.extensions[_KEY] = table


def export() -> Response:
    """The table, sent line by line."""
    at = deps()
    claims = export_claims(merchant=presence().merchant, views=at.views)
    table = cast("MakeTable", current_app.extensions[_KEY])
    name = f"claims-{at.clock.now():%Y-%m-%d}.csv"
    answer = Response(table(claims), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
