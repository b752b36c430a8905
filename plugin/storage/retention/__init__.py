"""What is let go when its time is over: which rows are due, and how each class goes."""
