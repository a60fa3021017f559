"""What packages ask: their tables, whether they may still be shown, their page."""
