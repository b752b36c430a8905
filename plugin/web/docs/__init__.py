"""The API's own pages: its OpenAPI document, and the same to read, from this server alone."""

from plugin.web.docs.views import blueprint

__all__ = ["blueprint"]
