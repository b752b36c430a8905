"""The names that objects may have, the same for every store."""

import re

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}(?:/[a-z0-9][a-z0-9-]{0,99}){0,3}")


def checked(name: str) -> str:
    """The name as it is; raises `ValueError` for one that could lead out of the store."""
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of an object")
    return name
