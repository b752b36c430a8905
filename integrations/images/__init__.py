"""Pictures made anew (`plugin.ports.images`)."""
