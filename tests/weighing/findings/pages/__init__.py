"""Findings pages built by hand, from counts of answers, for every state that a page can be in."""
