"""The public JSON API that widgets, blocks and plugins read; `schemas` is the contract."""
