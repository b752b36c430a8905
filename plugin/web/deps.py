"""How a view reaches the adapters: the one way in, put there by `plugin.app`."""

from dataclasses import replace
from typing import cast

from flask import Flask, current_app

from plugin.ports.deps import Deps
from plugin.web.told_directory import ToldDirectory

_KEY = "aftercare"


def provide(app: Flask, deps: Deps) -> None:
    """Give the views of `app` their adapters; `plugin.app` does this once."""
    app.extensions[_KEY] = replace(deps, directory=ToldDirectory(deps.directory))


def deps() -> Deps:
    """The adapters of the app that answers this request."""
    return deps_of(current_app)


def deps_of(app: Flask) -> Deps:
    """The adapters of an app, for what is asked in front of it."""
    return cast("Deps", app.extensions[_KEY])
