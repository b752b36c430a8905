"""What the worker runs: jobs by name, each one use case; the engine alone knows DBOS."""
