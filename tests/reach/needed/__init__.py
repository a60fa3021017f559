"""Tests of what people would need to know."""
