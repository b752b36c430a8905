"""A merchant's own secrets: one data key, from which the keys for contents, search hashes and digests derive."""

from functools import cached_property
from hashlib import blake2b
from hmac import digest as hmac_digest

from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId
from plugin.storage.cipher import DataKeys, WrappedKey, place, seal, unseal
from plugin.storage.keys import derive
from plugin.storage.scope import Scope
from plugin.storage.tables import merchant_keys

_HASH_BYTES = 16


class Vault:
    """Seals what belongs to the merchant rather than to a person, and makes keyed hashes of what is searched for."""

    def __init__(self, scope: Scope, data_keys: DataKeys) -> None:
        self._scope = scope
        self._data_keys = data_keys
        self._hash_keys: dict[str, bytes] = {}

    def create(self) -> None:
        """Give a new merchant its data key."""
        _, wrapped = self._data_keys.new(key_place(self._scope.merchant))
        self._scope.insert(merchant_keys, [{"key_id": wrapped.key_id, "wrapped_key": wrapped.sealed}])

    def seal(self, table: str, row: str, column: str, plain: bytes) -> bytes:
        """Seal one cell."""
        return seal(self._content_key, plain, place(self._scope.merchant, table, row, column))

    def unseal(self, table: str, row: str, column: str, sealed: bytes) -> bytes:
        """Open one cell; raises `CannotOpen`."""
        return unseal(self._content_key, sealed, place(self._scope.merchant, table, row, column))

    def email_hash(self, email: str) -> bytes:
        """What an e-mail is found by: keyed, so that a stolen database cannot be searched for an address."""
        return self._hash("email", " ".join(email.split()).casefold().encode())

    def erasure_hash(self, person: str) -> bytes:
        """What an erased person is called on the list outside the database."""
        return self._hash("erasure", person.encode())

    def erased_address(self, email: str) -> str:
        """What an address that was erased is called, which tells nothing without the merchant's key."""
        return self._hash("erased address", " ".join(email.split()).casefold().encode()).hex()

    def body_hash(self, body: bytes) -> bytes:
        """Tells whether the same body was parked before."""
        return self._hash("body", body)

    def attempt_hash(self, who: str) -> bytes:
        """Whose attempts count together, without telling who it is."""
        return self._hash("attempt", who.encode())

    def digest(self, content: bytes) -> bytes:
        """A keyed digest of content that may outlive its erasure."""
        return blake2b(content, digest_size=_HASH_BYTES, key=self._digest_key).digest()

    def _hash(self, purpose: str, content: bytes) -> bytes:
        if purpose not in self._hash_keys:
            self._hash_keys[purpose] = derive(self._key, purpose)
        return hmac_digest(self._hash_keys[purpose], content, "sha256")[:_HASH_BYTES]

    @cached_property
    def _key(self) -> bytes:
        row = self._scope.row(self._scope.select(merchant_keys, merchant_keys.c.key_id, merchant_keys.c.wrapped_key))
        if row is None:
            raise NotFound({"merchant": self._scope.merchant})
        return self._data_keys.unwrap(WrappedKey(row.key_id, row.wrapped_key), key_place(self._scope.merchant))

    @cached_property
    def _content_key(self) -> bytes:
        return content_key(self._key)

    @cached_property
    def _digest_key(self) -> bytes:
        return derive(self._key, "digest")


def content_key(merchant_key: bytes) -> bytes:
    """The key that a merchant's contents are sealed under."""
    return derive(merchant_key, "content")


def key_place(merchant: MerchantId) -> bytes:
    """Where a merchant's wrapped key lives."""
    return place(merchant, "merchant_keys", merchant, "wrapped_key")
