"""What may be cited, what is frozen of it, whether that still stands, and the pages."""
