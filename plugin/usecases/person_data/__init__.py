"""All that is kept about one person: asked for, put together, handed over, and gone again."""
