"""Announcements: what conveners have to tell the members of a series by mail, and how it goes."""
