"""Transparency: what moderators did, for everybody to read.

Each series publishes its *log* (what kind of thing, under which reason, when, with what outcome)
and a *report* by month. Neither ever names who reported, nor says more of an author than the
thread's attribution allows.
"""
