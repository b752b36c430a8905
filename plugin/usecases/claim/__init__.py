"""Claims at work: opened, acted on, followed up. Each is one unit of work."""
