"""What people do with their own data: take a copy, take a consent back, leave, and stay."""
