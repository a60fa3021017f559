"""How the rooms are wired: what each answers to those below it, and what it can do later."""
