"""What we have a WooCommerce shop do (`plugin.ports.platform_actions`): REST API v3, tried on 9.2, recorded on 10.5."""
