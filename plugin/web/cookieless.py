"""Requests whose caller is told by a session token alone: they set no cookie, and no other site can send one for them.

A page in another site's frame has no cookies of ours, so none is worth setting; and the header that names the caller is
only sent by a page of ours, so there is no form token to ask for.
"""

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from plugin.web.deps import deps, deps_of

_SCHEME = "Bearer "
_SIGNED = ("flask", "session")
_PAGES = "admin"


def bearer() -> str | None:
    """The session token of a request to the merchant pages that is sent by a script of theirs; None: it has none."""
    given = request.headers.get("Authorization", "")
    if deps().shopify is None or not _is_for_pages() or not given.startswith(_SCHEME):
        return None
    return given.removeprefix(_SCHEME)


def _is_for_pages() -> bool:
    """Whether a merchant page is asked for, be it one that there is not."""
    return request.blueprint == _PAGES or (request.endpoint is None and request.path.startswith(f"/{_PAGES}/"))


class Sessions(SecureCookieSessionInterface):
    """Flask's own, where the caller is told by a cookie."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Under the secret that is current now; cookies and form tokens of those being rotated out still count."""
        current, *older = (each.sign(*_SIGNED) for each in deps_of(app).secrets.accepted())
        if app.secret_key != current or app.config.get("SECRET_KEY_FALLBACKS") != older:
            app.secret_key, app.config["SECRET_KEY_FALLBACKS"] = current, older
            app.config["WTF_CSRF_SECRET_KEY"] = [*reversed(older), current]
        return super().get_signing_serializer(app)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing of an embedded page."""
        if "embedded" not in g:
            super().save_session(app, session, response)


class FormTokens(CSRFProtect):  # type: ignore[misc]  # the package has no types
    """Flask-WTF's own, where a browser sends the caller's cookie by itself."""

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002 - the package's signature
        """Ask for a form's token; a session token in a header stands for it, and `admin.embedded` checks that one."""
        if bearer() is None:
            super().protect(apply_exemptions)
