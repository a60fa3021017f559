"""Acts of power, what they may touch, and how they are answered for."""
