from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.support.storefront import Store, serving


@pytest.fixture
def store() -> Iterator[Store]:
    with serving() as running:
        yield running


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about: policy breaches, errors, warnings; not the failures a test asks for."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            heard.append(message.text)

    def hear_error(error: Error) -> None:
        heard.append(str(error))

    page.on("console", hear)
    page.on("pageerror", hear_error)
    return heard
