"""What each picture shows, as a visitor reads it."""
