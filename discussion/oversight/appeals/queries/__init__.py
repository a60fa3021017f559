"""The statement of a decision, whether it can be appealed, and what waits for a second look."""
