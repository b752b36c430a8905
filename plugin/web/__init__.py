"""HTTP in: one folder per kind of caller, each with its own auth."""
