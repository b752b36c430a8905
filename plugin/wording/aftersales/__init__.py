"""The after-sales page in words: what holds, how it works, how to reach the shop."""
