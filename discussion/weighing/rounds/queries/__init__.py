"""Rounds and ratings as they are asked for."""
