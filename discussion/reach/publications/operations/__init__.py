"""Composing, telling authors, publishing, correcting and withdrawing publications."""
