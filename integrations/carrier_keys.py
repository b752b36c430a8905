"""What a tracking service calls the carriers that we have a slug for, from its adapter's own file."""

from collections.abc import Mapping
from importlib.resources import files

import msgspec

from plugin.domain.decoding import decoder


class CarrierKeys(msgspec.Struct, frozen=True):
    """One service's keys by our slugs. `origin` is the list they are from."""

    origin: str
    carriers: Mapping[str, tuple[str, ...]]

    def key_of(self, carrier: str | None) -> str | None:
        """What to ask with; None where the service knows several by that name: it finds out by the number itself."""
        keys = self.carriers.get(carrier or "", ())
        return keys[0] if len(keys) == 1 else None

    def slugs(self) -> dict[str, str]:
        """Our slugs by the service's keys."""
        return {key: slug for slug, keys in self.carriers.items() for key in keys}


def carrier_keys(package: str) -> CarrierKeys:
    """Those of an adapter, from its `carriers.json`."""
    return decoder(CarrierKeys).decode(files(package).joinpath("carriers.json").read_bytes())
