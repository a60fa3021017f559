"""Moderation: what waits for a moderator, what was decided, and why.

A *decision* is a row that nobody can edit; its *reason* comes from the series' public list. Nobody
decides on their own contribution. The queue shows the label an author posts under, never the name:
*show author* is a recorded act with a reason.
"""
