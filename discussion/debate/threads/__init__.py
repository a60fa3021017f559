"""Threads: one question under one to three themes, gathering positions as it passes its stages.

A **stage** is proposed, open, weighing, making sense or closed; a **cycle** is one walk through
them, and reopening begins another. The **map** shows where positions place themselves on the
thread's scales. To **curate** is what moderators do with a thread, always with a row that says so.
"""
