"""Tests of the room migrations."""
