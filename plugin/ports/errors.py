"""What an adapter may raise; nothing else crosses a port."""


class Unavailable(Exception):
    """The other side did not answer usefully; try again, after `retry_after` seconds when it said so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Rejected(Exception):
    """The other side understood and refused; asking again changes nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreadable(Exception):
    """A record cannot be translated; it is parked with this code and the field that is missing or malformed."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field
