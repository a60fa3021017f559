"""Reporting something, and answering what was reported."""
