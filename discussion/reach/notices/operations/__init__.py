"""Noting what happened, putting letters together, and choosing how soon to hear."""
