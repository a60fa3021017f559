"""Where words stand, and the page on which they are taken out."""
