"""What the findings pages show. Numbers are None where they are not shown, and words say why.

Everything here may be read by whoever reads the thread, but `Mine`, which is one person's own.
"""
