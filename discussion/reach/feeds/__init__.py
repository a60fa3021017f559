"""Feeds: what is new, for programs that follow the site from outside.

A *feed* is read by nobody who is signed in: it says what a visitor may read, about as much of
when as a card does, and is the same for everybody.
"""
