"""What every decision goes through: claimed, refused, written, told."""
