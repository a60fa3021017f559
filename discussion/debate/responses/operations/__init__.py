"""What changes in responses."""
