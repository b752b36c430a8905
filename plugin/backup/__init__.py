"""Backups of a whole installation: taken while it works, restored all or nothing, and tried out beforehand."""
