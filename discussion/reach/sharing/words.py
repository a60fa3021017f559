"""How much a card holds, and how wide and high it may be."""

SAYS = 240  # letters of the line beneath
WIDTH = 480  # pixels, where nobody asks for less
NARROWEST, WIDEST = 200, 600
PLACE = 600  # seconds for which whoever asked may keep the answer: what is hidden leaves soon
