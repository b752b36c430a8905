"""17TRACK's Tracking API, version 2.4."""
