"""What happened, how it is told, and what conveners see of it."""
