"""My contributions: everything one has handed in or kept, what became of it, and where it went."""
