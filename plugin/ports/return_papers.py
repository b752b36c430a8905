"""Makes the papers of goods on their way back, each as PDF."""

from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.returning.batch import HubBatch
from plugin.domain.returning.customs import CustomsPaper
from plugin.domain.returning.papers import AddressLabel, ReturnSlip


@dataclass(frozen=True, slots=True)
class ReturnPapers:
    """Everything that makes them; the text beside a paper is the language it is written in."""

    slip: Callable[[ReturnSlip], bytes]
    address_label: Callable[[AddressLabel], bytes]
    picture_label: Callable[[bytes], bytes]
    """Puts a picture of a label on the size of one."""
    customs: Callable[[CustomsPaper, str], bytes]
    manifest: Callable[[HubBatch, str], bytes]
