"""Briefings: an account of a thread, theme or series in its contributors' own words.

Essays: a post by an invited voice under a theme. Both are kept in versions that never change.
"""
