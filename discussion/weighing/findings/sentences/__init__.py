"""Findings in sentences: what was found, in, and words that are understood alone, out."""
