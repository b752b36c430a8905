"""The first reading of a WooCommerce shop: how much our client adds to what the shop itself takes."""
