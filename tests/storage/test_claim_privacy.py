"""What people write in a claim is nowhere as it is: not in its record, not in what it is listed by, not in the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from plugin.domain.claim.commands.conversing import note, write
from plugin.domain.claim.vocabulary import SHOPPER, Actor, ActorKind
from plugin.storage import Storage
from plugin.storage.errors import CannotOpen
from plugin.storage.tables import claim_entries, claim_lines, claims
from tests.build import MERCHANT, NOW, a_shopper, a_stored_order, an_order
from tests.storage.claim_records import CLAIM, act, begin, opening
from tests.storage.conftest import OpenStorage, settle

MAIL = "zwiebelturm.kasimira@example.org"
SAID = "Quarzsplitter in the Zwiebelturm"
SECRETS = (MAIL, "Kasimira Quist", SAID, "Birkenstieg 77")
SHOPPER_OF_IT = a_shopper(email=MAIL, name="Kasimira Quist", note="Birkenstieg 77")
AGENT = Actor(ActorKind.AGENT, "staff1")


def fill(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order(shopper=SHOPPER_OF_IT))])
        unit.commit()
    begin(storage.units, drafts=opening(words=f"{SAID}, writes Kasimira Quist"))
    act(storage.units, lambda claim: write(claim, f"Answer to {MAIL}", SHOPPER))
    act(storage.units, lambda _claim: note("She lives at Birkenstieg 77", AGENT))


def spellings(secret: str) -> set[bytes]:
    escaped = secret.encode("ascii", "backslashreplace").decode()
    return {each.encode() for each in (secret, secret.lower(), secret.upper(), escaped)}


def test_no_row_of_a_claim_holds_a_word_of_anybody(storage: Storage) -> None:
    fill(storage)
    with storage.means.engines.read.connect() as connection:
        tables = (claim_entries, claims, claim_lines)
        rows = {table.name: connection.execute(select(table)).all() for table in tables}
    cells = [cell for found in rows.values() for row in found for cell in row]
    content = b"\0".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
    assert b'"type":"MessageSent"' in content, "the search sees the record"
    assert b"defective" in content, "and what it is listed by"
    assert not [secret for secret in SECRETS for spelling in spellings(secret) if spelling in content]


@pytest.fixture
def raw(sqlite_url: str) -> Callable[[], bytes]:
    """Give everything SQLite has written: the database and its write-ahead log."""
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    return lambda: b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


def test_no_word_is_in_the_files_and_an_erasure_takes_the_sealed_ones_out(
    sqlite_url: str, opened: OpenStorage, raw: Callable[[], bytes]
) -> None:
    storage = opened(sqlite_url)
    settle(storage.units)
    fill(storage)
    content = raw()
    assert b'"type":"MessageSent"' in content, "the search sees the record"
    assert not [secret for secret in SECRETS for spelling in spellings(secret) if spelling in content]
    with storage.means.engines.read.connect() as connection:
        has_words = claim_entries.c.words.is_not(None)
        sealed = connection.execute(select(claim_entries.c.words).where(has_words)).scalars().all()
    assert len(sealed) == 3
    assert all(cell in content for cell in sealed)
    with storage.units(MERCHANT) as unit:
        person = unit.people.find(MAIL)
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    assert not any(cell in raw() for cell in sealed)


def test_words_moved_to_another_entry_do_not_open(storage: Storage) -> None:
    """A seal is bound to its entry: whoever can write rows cannot make somebody say what another said."""
    fill(storage)
    with storage.engine.begin() as connection:
        is_message = claim_entries.c.seq.in_((3, 4))
        words = {row.seq: row.words for row in connection.execute(select(claim_entries).where(is_message))}
        for seq, other in ((3, 4), (4, 3)):
            connection.execute(claim_entries.update().where(claim_entries.c.seq == seq).values(words=words[other]))
    with storage.units.read(MERCHANT) as unit, pytest.raises(CannotOpen, match="wrong place"):
        unit.claims.record(CLAIM)
