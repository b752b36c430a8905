"""A page of a list, and how a list is asked for what changed."""

from datetime import datetime

import msgspec


class PageInfo(msgspec.Struct, rename="camel"):
    """Whether there is more, and behind what."""

    has_next_page: bool
    end_cursor: str | None = None


class Page(msgspec.Struct, rename="camel"):
    """Nodes as they came."""

    page_info: PageInfo
    nodes: list[msgspec.Raw]


def changed_after(since: datetime) -> str:
    """The search; inclusive, because Shopify keeps whole seconds."""
    return f"updated_at:>='{since:%Y-%m-%dT%H:%M:%SZ}'"
