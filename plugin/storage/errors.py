"""What can be wrong with sealed content; an operator's matter, never a shopper's."""


class CannotOpen(Exception):
    """Sealed content does not open: a key is missing from the ring, is the wrong one, or the content was altered."""


class BadKeyRing(Exception):
    """The app's key ring cannot be used; the message says why and never shows a key."""
