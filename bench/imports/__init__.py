"""What `aftercare import` takes beside the least a database must do for the same orders."""
