"""Practice: what an organisation professes, beside how it operates, as its own people see both.

An *instrument* is what is asked, in versions; one that is open does not change. An *organisation*
is registered by an administrator, with its domains and coordinators. A *run* is one time that it
asks its own people; an *invitation* is one address that is asked. A *respondent* is whoever
answered, under a key instead of an address; nobody else sees an answer, and when a run closes what
joined it to an address is destroyed.
"""
