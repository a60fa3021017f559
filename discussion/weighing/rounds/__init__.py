"""Rounds: the periods in which people rate statements privately.

A *round* fixes everything before it opens. A *rating* is one person's private answer, kept under a
key of that person and round; nobody else sees it, but for a line of it that they say may be shown.
A *line* says what they would need to see; moderators read it without who wrote it.
"""
