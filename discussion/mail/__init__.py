"""Mail: a letter is promised in the outbox, written by its room, and carried from here.

A **letter** is text with an address and a subject. A room promises one with
`queue.promise_mail(session, template=…, person_id=…, ids={…}, now=now)`, which writes a job with
ids only, and says in the `MAILS` of its `tasks.py` how the letter of that template is written. It
goes to an SMTP server, or, when none is set, into a folder of `.eml` files.
"""
