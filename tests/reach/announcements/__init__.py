"""Tests of what conveners write to members, and of how they hear how a series goes."""
