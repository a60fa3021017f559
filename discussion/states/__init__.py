"""Numbers that grow with every change of what pages show, whoever makes it: the database counts."""
