"""Changing a series: its text, its lists, and its life."""
