"""A series at a glance: what readers meet first, composed of what all rooms below know.

The site's home, the front page of a series, a theme, the list of its findings, and where to write.
"""
