"""How much a picture holds."""

MARKS = 12  # numbered marks that fit beside each other
DOTS = 60  # small ones, of a thread with more
SERIES = 34  # letters of a series' title
GROUP = 30  # letters of a group's name
CHIP = 40  # letters of a value's name
CHIPS = 36  # letters of two that stand beside each other
ICONS = (180, 192, 512)  # pixels: what telephones ask for
PAPER = "#FBFAF6"
