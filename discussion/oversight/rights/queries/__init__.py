"""One's own copies, consents and leaving, and everything that a copy holds."""
