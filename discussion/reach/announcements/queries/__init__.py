"""Who is written to, what conveners see of it, and what happened in a week."""
