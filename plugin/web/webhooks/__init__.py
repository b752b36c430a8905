"""Where platforms tell what changed: each proves itself by its signature, and is answered once what it says is kept."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from plugin.web.webhooks import woocommerce

__all__ = ["install"]


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve it from `app`. Platforms send no cookie that somebody could ride on."""
    csrf.exempt(woocommerce.blueprint)
    app.register_blueprint(woocommerce.blueprint)
