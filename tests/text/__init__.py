"""What people wrote, made safe to show."""
