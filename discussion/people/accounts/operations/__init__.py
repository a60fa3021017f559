"""What changes people: coming in, keeping an account, counting attempts."""
