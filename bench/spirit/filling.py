"""A topic of twenty posts, and somebody who is signed in; run by the Python that has Spirit.

`python filling.py POSTS TEXT` in the folder of its project prints the path and the cookie as JSON.
"""

import json
import os
import sys


def main(posts: int, text: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "forum.settings.bench"
    sys.path.insert(0, os.getcwd())
    import django

    django.setup()
    from django.contrib.auth import (
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import connection
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.core.utils.markdown import Markdown
    from spirit.topic.models import Topic

    call_command("migrate", verbosity=0)
    connection.cursor().execute("PRAGMA journal_mode=WAL")
    people = [
        get_user_model().objects.create_user(f"writer{n}", f"writer{n}@example.org", "a password")
        for n in range(posts)
    ]
    category = Category.objects.create(title="Enrichment")
    topic = Topic.objects.create(user=people[0], category=category, title="Who should pay?")
    for person in people:
        html = Markdown().render(text)
        Comment.objects.create(user=person, topic=topic, comment=text, comment_html=html)
    Topic.objects.filter(pk=topic.pk).update(comment_count=posts)
    session = SessionStore()
    session[SESSION_KEY] = str(people[1].pk)
    session[BACKEND_SESSION_KEY] = "spirit.user.auth.backends.UsernameAuthBackend"
    session[HASH_SESSION_KEY] = people[1].get_session_auth_hash()
    session.save()
    print(json.dumps({"path": topic.get_absolute_url(),
                      "cookie": f"sessionid={session.session_key}"}))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
