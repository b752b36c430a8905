"""Reading shops: everything at first, in bulk; then what changed (`plugin.ports.shop_source`)."""
