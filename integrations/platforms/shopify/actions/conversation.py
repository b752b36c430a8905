"""One command, one conversation with its shop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from integrations.platforms.shopify.actions.calls import Calls, told
from integrations.platforms.shopify.admin_api.client import AdminClient


class Conversing:
    """One shop's; `client` makes the conversation that one command is."""

    def __init__(self, client: Callable[[], AdminClient]) -> None:
        self._client = client

    @contextmanager
    def _calls(self) -> Iterator[Calls]:
        with told(), self._client() as client:
            yield Calls(client)
