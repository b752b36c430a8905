"""Every kind of letter to look at, with made-up data, in every language; the HTML in a frame that can do nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from flask import Flask, Response, current_app, request

from plugin.domain.errors import NotFound
from plugin.domain.policy import PolicyVersion
from plugin.domain.shop import Shop
from plugin.i18n import LANGUAGES, negotiate
from plugin.ports.mailer import Mail
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.admin.policy import choices
from plugin.web.deps import deps
from plugin.web.headers import FRAMING_OWN

_KEY = "aftercare.admin.letters"
_FRAMED: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""Of a letter in its frame: it may look as it does, and nothing else."""

Preview = Callable[[str, str, Shop | None, PolicyVersion | None, datetime], Mail]
"""From a kind, a language, and what there is of the merchant to a sample; the layer that words it stands beside."""


class UnknownKind(NotFound):
    """There is no such letter."""

    code = "not_found"


@dataclass(frozen=True, slots=True)
class Letters:
    """The names of all kinds by whom they are for (`shoppers`, `staff`), and what makes a sample."""

    by_readers: Mapping[str, Sequence[str]]
    preview: Preview


def provide(app: Flask, letters: Letters) -> None:
    """Give `app` the letters."""
    app.extensions[_KEY] = letters


def index() -> Response:
    """All kinds."""
    return page("letters.html", by_readers=_letters().by_readers)


def show(kind: str) -> Response:
    """One kind in the language asked for: subject, frame, plain text."""
    mail = _sample(kind)
    response = page("letter.html", kind=kind, mail=mail, languages=choices.languages())
    response.headers["Content-Security-Policy"] = FRAMING_OWN
    return response


def framed(kind: str) -> Response:
    """The HTML of a sample, for the frame."""
    response = Response(_sample(kind).html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _sample(kind: str) -> Mail:
    letters = _letters()
    if not any(kind in names for names in letters.by_readers.values()):
        raise UnknownKind
    at = deps()
    now = at.clock.now()
    with at.units.read(presence().merchant) as unit:
        shop, policy = next(iter(unit.shops.all()), None), unit.policies.in_force(now)
    language = negotiate(request.args.get("lang") or words().language, None, among=LANGUAGES)
    return letters.preview(kind, language, shop, policy, now)


def _letters() -> Letters:
    return cast("Letters", current_app.extensions[_KEY])
