"""What practice asks: never writes, and never names who answered."""
