"""What changes statements, rounds and ratings."""
