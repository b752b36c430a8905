"""How a view reaches the adapters: the one way in, put there by `plugin.app`."""

from typing import cast

from flask import Flask, current_app

from plugin.ports.deps import Deps

_KEY = "aftercare"


def provide(app: Flask, deps: Deps) -> None:
    """Give the views of `app` their adapters; `plugin.app` does this once."""
    app.extensions[_KEY] = deps


def deps() -> Deps:
    """The adapters of the app that answers this request."""
    return cast("Deps", current_app.extensions[_KEY])
