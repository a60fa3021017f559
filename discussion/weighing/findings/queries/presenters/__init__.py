"""A snapshot as its page shows it: one comparison, in words and numbers."""
