"""Findings as they are asked for, and what they are made from."""
