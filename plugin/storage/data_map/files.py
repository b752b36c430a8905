"""The data map: every kind of file the product writes below `AFTERCARE_HOME`."""

from collections.abc import Mapping
from typing import Final

from plugin.domain.retention import RULES, SWEPT, Kept, Swept
from plugin.storage.data_map.entry import MappedFiles

FILES: Final[Mapping[str, MappedFiles]] = {
    "database": MappedFiles(
        "*.sqlite3",
        "the tables above, and the job engine's: ids of what is to be done, nothing else",
        "what is personal is sealed, column by column",
        "row by row, as above",
    ),
    "write-ahead log": MappedFiles(
        "*.sqlite3-wal",
        "pages on their way into the database",
        "as the database",
        "until the next checkpoint; an erasure empties it",
    ),
    "shared memory": MappedFiles(
        "*.sqlite3-shm", "an index of the log", "not needed", "while it runs", is_personal=False
    ),
    "locks": MappedFiles("*.sqlite3.*", "nothing", "not needed", "always", is_personal=False),
    "evidence, labels, copies": MappedFiles(
        "files/**/*",
        "photos, videos, papers, labels, and copies of somebody's data (`FILES_BUCKET`: in the bucket)",
        "under the person's key",
        f"{SWEPT[Swept.EVIDENCE]}; {SWEPT[Swept.LABELS]}; {SWEPT[Swept.DATA_REQUESTS]}",
    ),
    "mailbox": MappedFiles(
        "mailbox/*",
        "letters, while no server carries mail",
        "under the app key",
        SWEPT[Swept.MAILBOX],
    ),
    "demo shops": MappedFiles(
        "demo-shops/*",
        "what the demo's platform did to orders that nobody placed",
        "under the app key",
        "as long as the demo",
        is_personal=False,
    ),
    "erasure list": MappedFiles(
        "erasures.jsonl",
        "who was erased, person and address, each by a hash keyed with the merchant's key",
        "named by nobody without that key",
        "always: it keeps restored backups from bringing anybody back",
    ),
    "backups": MappedFiles(
        "backups/*",
        "copies of the database, the evidence and the erasure list, where `aftercare backup` is given no other place",
        "as what they are copies of, unless made with `--with-secrets`; readable by their owner only",
        "until `--keep` or you let them go",
    ),
    "secrets": MappedFiles(
        "secrets.json", "the app key and the signing key", "readable by its owner only", "always", is_personal=False
    ),
}
OUTSIDE: Final[Mapping[str, str]] = {
    "logs": "standard error: what happened, to which shop and which id; never names, addresses or bodies (a test"
    " searches them)",
    "backups": "yours to make and to let go; keep none longer than "
    f"{RULES[Kept.MAIL].days} days, or an erasure waits in them for the next restore, which replays the list",
}
"""Where else it could be."""
