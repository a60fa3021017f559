"""What would follow above and below if something were decided at a level, and from which values."""
