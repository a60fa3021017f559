"""Forms that are kept, sent once, and put together."""
