"""Labels on record; their files, and what a provider said of a failure, are sealed under the shopper's own key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import ClaimId, LabelId
from plugin.domain.returning.label import Label
from plugin.ports.evidence import FileCipher


class Labels(Protocol):
    """One merchant's labels. A file whose person was erased, or whose time is over, is None on its label."""

    def get(self, label: LabelId) -> Label:
        """Raises `UnknownLabel`."""
        ...

    def of_claim(self, claim: ClaimId) -> Sequence[Label]:
        """All of a claim's, oldest first."""
        ...

    def save(self, labels: Sequence[Label]) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` and nothing saved when one has moved on.

        `Conflict` too when a parcel would have two live labels, or a label two renewals.
        """
        ...

    def due(self, now: datetime, limit: int) -> Sequence[LabelId]:
        """Those whose next attempt may begin, longest due first."""
        ...

    def run_out(self, now: datetime, limit: int) -> Sequence[LabelId]:
        """Issued ones that the carrier takes no more, the first to run out first."""
        ...

    def waiting(self, limit: int) -> Sequence[Label]:
        """Failed ones, those to be uploaded among them; longest waiting first."""
        ...

    def untold(self, before: datetime, limit: int) -> Sequence[LabelId]:
        """Issued or expired before then, with goods in their claim that another state is known of; newest first.

        More than those that are news to a claim: whoever asks compares.
        """
        ...

    def cipher(self, label: LabelId) -> FileCipher:
        """The key of its file. Raises `UnknownLabel`, once the person was erased too."""
        ...

    def drop_due(self, before: datetime) -> int:
        """Let the files go of those that were of no use any more before then; how many."""
        ...

    def dropped(self, limit: int) -> Sequence[LabelId]:
        """Those whose files are to be removed."""
        ...

    def remove(self, labels: Sequence[LabelId]) -> None:
        """The files of these are gone."""
        ...
