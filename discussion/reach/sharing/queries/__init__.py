"""What a card shows, as a visitor reads it."""
