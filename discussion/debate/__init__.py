"""What people write to each other: threads, positions, responses and their evidence."""
