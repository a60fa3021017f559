"""What was decided, for whoever is about to decide."""
