"""Where platforms send keys, and send merchants back from their own page: each caller by its own proof."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from plugin.web.install import shopify, woocommerce

__all__ = ["install"]


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Serve it from `app`. Shops send no cookie that somebody could ride on; the name they were told is the proof."""
    csrf.exempt(woocommerce.blueprint)
    app.register_blueprint(woocommerce.blueprint)
    app.register_blueprint(shopify.blueprint)
