"""What changes instruments, organisations, runs and answers."""
