"""Keeping the index: with every commit, and anew."""
