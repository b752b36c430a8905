"""What an adapter may raise; nothing else crosses a port."""


class Unavailable(Exception):
    """The other side did not answer usefully; try again, after `retry_after` seconds when it said so."""

    def __init__(self, reason: str, retry_after: float | None = None, *, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.detail = detail
        """The other side's own words, for who looks closer: they may be personal, so no log shows them."""


class Rejected(Exception):
    """The other side understood and refused; asking again changes nothing."""

    def __init__(self, code: str, *, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        """As of `Unavailable`."""


class Unreadable(Exception):
    """A record cannot be translated; it is parked with this code and the field that is missing or malformed."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field
