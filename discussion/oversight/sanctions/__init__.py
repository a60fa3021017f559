"""Sanctions: what a series asks of one member for a while, openly and with an end date.

A *note*, *pre-moderation* (what they write is read first), a *pause* from posting, or *removal*
from the series. The person is told each time, with the reason, and may appeal. Nobody is hidden
from others without knowing it.
"""
