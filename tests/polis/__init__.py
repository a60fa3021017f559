"""Tests of the room polis."""
