"""Following parcels: whom to ask, what becomes of what is told, and what is told on."""
