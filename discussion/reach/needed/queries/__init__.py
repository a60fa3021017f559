"""What is asked of the database about what people would need to know."""
