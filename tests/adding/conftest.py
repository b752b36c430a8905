"""The toys are added to a copy of the repository, and tested there."""

collect_ignore = ["toys"]
