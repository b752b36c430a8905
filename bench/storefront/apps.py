"""Flask applications with one layer of the product after the other; gunicorn loads them by name."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from bench.quiet import hush
from plugin import log
from plugin.app import create_app
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.web import storefront
from plugin.web.deps import provide
from plugin.web.headers import secure
from plugin.web.observe import observe

LAYERS = ("hello", "proxy", "csrf", "headers", "metrics", "log", "view", "product")
"""`hello` is the baseline; each up to `log` has one more part of the product than the one before; `view` is the
storefront's view alone on a bare application; `product` is the whole."""


def app(name: str, environ: Mapping[str, str] = os.environ) -> Flask:
    """The application of one layer, on the installation the environment names."""
    if name == "product":
        return create_app(Settings.from_env(environ))
    if name == "view":
        return _view_alone(environ)
    return _hello(LAYERS[: LAYERS.index(name) + 1])


def _hello(layers: tuple[str, ...]) -> Flask:
    bare = Flask("bare")
    bare.add_url_rule("/hello", "hello", lambda: {"hello": "world"})
    if "proxy" in layers:
        bare.wsgi_app = ProxyFix(bare.wsgi_app, x_for=0, x_proto=0, x_host=0)  # type: ignore[method-assign]  # as Flask says
    if "csrf" in layers:
        bare.secret_key = secrets.token_bytes()
        CSRFProtect(bare)
    if "metrics" in layers:
        log.configure()
        observe(bare)
    if "log" not in layers:
        hush()
    if "headers" in layers:
        secure(bare, is_https=False)
    return bare


def _view_alone(environ: Mapping[str, str]) -> Flask:
    bare = Flask("bare")
    provide(bare, open_runtime(Settings.from_env(environ)).deps)
    bare.register_blueprint(storefront.blueprint)
    return bare
