"""What can be reported, what was reported, and what became of it."""
