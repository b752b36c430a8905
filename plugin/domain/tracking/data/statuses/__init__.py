"""What each teller's words mean, one file each."""
