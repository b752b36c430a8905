"""The words of the shopper's own pages about a claim."""
