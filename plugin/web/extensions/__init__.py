"""What the UI extensions in a Shopify shop's checkout and customer accounts ask, each told by its session token.

No cookie is looked at or set. Any origin may ask, as extensions run in a sandbox of Shopify's that names none.
"""
