"""Data files that ship with the package, each with its origin."""
