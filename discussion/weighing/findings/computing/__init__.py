"""From what was read to what is found: no database, no clock, no words.

What people answered is counted once, when a round closes, and only into numbers that may be shown
(`counting`). Everything else is made from these numbers and from published positions (`comparing`),
so nothing that is found can tell more than they do, and it can be made again when tags change.
"""
