"""What is found, counted and told, for who asks."""
