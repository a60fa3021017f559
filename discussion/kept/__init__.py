"""Kept: what becomes of a form on its way, whatever the form, so that nothing typed is lost.

A form that cannot be taken, because its sender is signed out or was overtaken, is **kept** and
stands filled again at its own page. One that is sent twice is done **once**. One that edits carries
what it was **opened** with, so that two who change different things both have their way, and who
changes the same is asked. See decision 31; which forms are none of this, and why: `words.py`.
"""
