"""What we do not own, behind the ports of `plugin.ports`."""
