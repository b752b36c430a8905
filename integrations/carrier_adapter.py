"""What an adapter in `integrations.carriers` hands to the registry."""

from collections.abc import Callable
from dataclasses import dataclass

from requests import Session

from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import CarrierKind, CarrierSource, PushReader


@dataclass(frozen=True, slots=True)
class CarrierAdapter:
    """One kind of account. `source` opens it over a session, None: it is never asked; `push` None: it never pushes."""

    kind: CarrierKind
    source: Callable[[CarrierAccount, Session], CarrierSource] | None = None
    push: Callable[[CarrierAccount], PushReader] | None = None
