"""Why this process cannot start."""


class SettingsError(Exception):
    """Everything that is wrong, told at once: one sentence per fault, none of them containing a secret."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
