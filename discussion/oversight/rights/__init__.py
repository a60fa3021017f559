"""Rights: a person's own data, to take away; and leaving, with a month to think again.

A *copy* is one ZIP of everything about somebody, for them alone and for seven days. Who *leaves*
chooses whether what they wrote goes or stays as a "former contributor"; private answers always go.
"""
