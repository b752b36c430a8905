"""One verb per file: this listing is the app's table of contents."""
