"""What the storefront's cached answer costs beside a bare Flask hello on the same server."""
