"""Practice: instruments, runs, answers, and what nobody learns of them."""
