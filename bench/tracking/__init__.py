"""What following parcels takes beside the least a database must do for the same news."""
