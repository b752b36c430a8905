"""Pure rules: no Flask, SQL, HTTP, environment, clock, randomness or logging."""
