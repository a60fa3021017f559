"""Sharing: a page that is sent on, shown on another site, or read by a program.

A *card* is what another site may show of a page: what it leads with, as a visitor reads it, and
where it is read whole. It is drawn by this site, in a frame of its own.
"""
