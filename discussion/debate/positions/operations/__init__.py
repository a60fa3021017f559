"""What changes in positions, responses and private answers."""
