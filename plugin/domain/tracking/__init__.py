"""Parcels on their way: whose number it is, what its reports mean, and one timeline of them."""
