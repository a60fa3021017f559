"""Notices as they are read, and how soon somebody wants to hear of them."""
