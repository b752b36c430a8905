"""Put together all that is kept about whom a request is about: one sealed file in the merchant's store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.data_request import DataRequest, UnknownDataRequest
from plugin.domain.effects import PackPersonData
from plugin.domain.ids import DataRequestId, MerchantId, PersonId
from plugin.domain.shop import Role
from plugin.ports.errors import Rejected, Unreadable
from plugin.ports.evidence import FileCipher
from plugin.ports.files import Files
from plugin.ports.ids import Ids
from plugin.ports.person_package import Attached, PackPerson
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.person_data.find import Meant, persons_meant
from plugin.usecases.person_data.gather import Gathered, Sealed, Whose, gather

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class PackMeans:
    """What packing takes. `issuer`: the installation's own address."""

    units: Units
    files: Files
    ids: Ids
    pack: PackPerson
    issuer: str


def pack_person_data(request: DataRequestId, *, merchant: MerchantId, means: PackMeans, now: datetime) -> str:
    """What came of it. Killed anywhere, it begins again where that does no harm.

    A customer with several addresses is several persons, each with a key of their own: each gets a request of theirs.
    """
    with means.units.read(merchant) as unit:
        known = unit.data_requests.get(request)
    if known.packed_at is not None:
        return "settled_before"
    if known.person is None:
        found = persons_meant(known.sought, known.shop, merchant=merchant, units=means.units) if known.sought else ()
        known = _settle(known, found, merchant, means, now)
    if known.person is None:
        return "nobody"
    return _pack(known, known.person, merchant, means, now)


def archive(gathered: Gathered, language: str, files: Files, pack: PackPerson) -> Iterator[bytes]:
    """The archive's bytes. A file that does not open is told of and does not lie beside."""
    there = [each for each in gathered.objects if _opens(each, files)]
    paths = {path for path, _, _ in there}
    told = (replace(each, is_readable=each.path in paths) for each in gathered.file.files)
    file = replace(gathered.file, files=tuple(told))
    return pack(file, language, [_attached(each, files) for each in there])


def language_of_desk(unit: UnitOfWork) -> str:
    """The shop's language is its first owner's."""
    owners = sorted((each for each in unit.staff.all() if each.role is Role.OWNER), key=lambda each: each.invited_at)
    return owners[0].language if owners else _FALLBACK


def _settle(
    known: DataRequest, found: tuple[Meant, ...], merchant: MerchantId, means: PackMeans, now: datetime
) -> DataRequest:
    """Record whom it is about, and a request of their own for everybody else who is meant."""
    settled = known.about(found[0].person, found[0].only) if found else known.nothing(now)
    others = [
        replace(known.about(each.person, each.only), id=DataRequestId(means.ids.new()), version=0) for each in found[1:]
    ]
    with means.units(merchant) as unit:
        unit.data_requests.save(settled)
        for each in others:
            unit.data_requests.save(each)
            unit.queue.add([PackPersonData(merchant, each.id)], key=each.id)
        unit.commit()
    return replace(settled, version=settled.version + 1)


def _pack(known: DataRequest, person: PersonId, merchant: MerchantId, means: PackMeans, now: datetime) -> str:
    means.files.delete(f"{merchant}/{known.id}")  # of an attempt that was killed
    with means.units.read(merchant) as unit:
        gathered = _gather(known, person, means.issuer, unit, now)
        language, cipher = language_of_desk(unit), _cipher(known, person, unit)
    if gathered is None or cipher is None:
        return _save(known.nothing(now), "nothing", merchant, means)
    counted = _Counted(archive(gathered, language, means.files, means.pack))
    name = f"{merchant}/{known.id}/{means.ids.new()}"
    means.files.put(name, cipher.seal(name, counted))
    return _save(known.packed(name, counted.size, now), "packed", merchant, means)


def _gather(known: DataRequest, person: PersonId, issuer: str, unit: UnitOfWork, now: datetime) -> Gathered | None:
    """None too where it is forgotten what of theirs was meant, as they were."""
    if known.sought is None:
        return None
    return gather(Whose(person, unit.shops.get(known.shop), issuer, now, known.sought.only), unit)


def _cipher(known: DataRequest, person: PersonId, unit: UnitOfWork) -> FileCipher | None:
    """None: they were erased since it was asked for."""
    try:
        return unit.data_requests.cipher(known.id, person)
    except UnknownDataRequest:
        return None


def _save(request: DataRequest, outcome: str, merchant: MerchantId, means: PackMeans) -> str:
    """Record it, unless whoever it is about was erased meanwhile: then the file, which nothing opens, goes at once."""
    with means.units(merchant) as unit:
        is_theirs = request.person is None or _cipher(request, request.person, unit) is not None
        if is_theirs:
            unit.data_requests.save(request)
            unit.commit()
    if is_theirs:
        return outcome
    means.files.delete(f"{merchant}/{request.id}")
    return _forgotten(request, merchant, means)


def _forgotten(request: DataRequest, merchant: MerchantId, means: PackMeans) -> str:
    """They were erased while it was put together: nothing is kept any more."""
    with means.units(merchant) as unit:
        unit.data_requests.save(unit.data_requests.get(request.id).nothing(request.packed_at or request.asked_at))
        unit.commit()
    return "nothing"


def _attached(each: Sealed, files: Files) -> Attached:
    path, name, cipher = each
    return Attached(path, lambda: cipher.open(name, files))


def _opens(each: Sealed, files: Files) -> bool:
    """Looked through to its end: a file may be damaged anywhere, and what is begun cannot be taken back."""
    _, name, cipher = each
    try:
        for _ in cipher.open(name, files):
            pass
    except (Unreadable, Rejected):
        return False
    return True


class _Counted:
    """Bytes as they pass by, counted."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            yield piece
