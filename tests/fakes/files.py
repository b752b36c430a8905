"""Sealed objects in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from integrations.files.names import checked
from plugin.ports.errors import Rejected


@dataclass(slots=True)
class FakeFiles:
    objects: dict[str, bytes] = field(default_factory=dict)
    read: int = 0
    """How many bytes were asked for."""

    def put(self, name: str, content: Iterable[bytes]) -> None:
        assert name not in self.objects, "an object is written once"
        self.objects[checked(name)] = b"".join(content)

    def get(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        if name not in self.objects:
            raise Rejected("file_missing")
        wanted = self.objects[checked(name)][start : None if length is None else start + length]
        self.read += len(wanted)
        return iter([wanted[at : at + 50_000] for at in range(0, len(wanted), 50_000)])

    def delete(self, name: str) -> None:
        checked(name)
        self.objects = {
            known: content
            for known, content in self.objects.items()
            if known != name and not known.startswith(f"{name}/")
        }
