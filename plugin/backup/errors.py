"""Why a backup cannot be taken or restored."""


class BackupError(Exception):
    """One sentence for an operator, without secrets and personal data: what is wrong and what to do."""
