"""Asking that somebody else look again, and looking again."""
