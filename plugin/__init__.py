"""Aftercare: what each shopper is entitled to after a sale, computed, promised and carried out."""
