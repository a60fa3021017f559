"""What is read of the levels of a thread or a series; never writes."""
