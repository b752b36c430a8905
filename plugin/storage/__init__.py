"""The database: one schema on SQLite and PostgreSQL, every row its merchant's, everything personal sealed."""

from plugin.storage.ids import TimeOrderedIds
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from plugin.storage.storage import Storage, open_storage

__all__ = ["AppSealer", "KeyRing", "Storage", "TimeOrderedIds", "open_storage"]
