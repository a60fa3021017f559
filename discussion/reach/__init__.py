"""How what a series came to is carried out of the room."""
