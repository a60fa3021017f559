"""About: what this site is, what it keeps of people, and what it asks of them."""
