"""What changes about what people would need to know."""
