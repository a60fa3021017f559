"""Reports: what a reader, signed in or not, tells the moderators about a piece of writing.

A *report* names a reason; safeguarding, illegal content and what identifies somebody come first at
the desk. The author never learns who reported. It is answered by a decision, and the reporter hears
what became of it.
"""
