"""Pigeon Post, which no shop has ever sent with."""
