"""What people think of statements, and what can be said of that."""
