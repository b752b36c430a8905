"""The toys are added to a copy of the repository, and tested there."""

from __future__ import annotations

import pytest

from tests.adding.copied_tree import CopiedTree, copied_to

collect_ignore = ["toys"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> CopiedTree:
    """Give one copy for all toys: what is added beside another must not mind it."""
    return copied_to(tmp_path_factory.mktemp("copied") / "aftercare")
