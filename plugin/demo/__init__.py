"""A believable small store to look at: recorded and crafted orders in every state worth showing, dates moved to now."""
