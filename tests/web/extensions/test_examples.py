"""The example answers beside the contract are what the server says."""

from __future__ import annotations

import pytest

from tests.web.extensions.conftest import Extensions
from tests.web.extensions.told import EXAMPLES, told


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_examples_are_what_the_server_says(extensions: Extensions, language: str) -> None:
    """After a change of words or shapes: `python -m tests.web.extensions.told`."""
    kept = {file.stem: file.read_text("utf-8") for file in (EXAMPLES / language).iterdir()}
    assert kept == told(extensions, language)
