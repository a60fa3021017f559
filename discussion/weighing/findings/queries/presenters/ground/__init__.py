"""Blocks about what is common, what parts people, what might move them, and what nobody knows."""
