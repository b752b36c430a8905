"""Letters to the shopper about their claim: what was decided first, then why, then what to do and by when."""

from plugin.documents.claim_letters.letter import claim_letter

__all__ = ["claim_letter"]
