"""A plain page of the same size: Flask, two tables, one template, and nothing else.

No sessions, no rights, no Markdown, no headers: what the framework itself costs, so that the ratio
says what the features cost.
"""

from pathlib import Path

from flask import Flask, render_template_string
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
)

TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ topic.title }}</title></head><body>
<h1>{{ topic.title }}</h1>
{% for post in topic.posts %}
<article id="p-{{ post.id }}">
<h2><a href="{{ url_for('topic', id=post.id) }}">{{ post.title }}</a></h2>
<p class="byline">{{ post.author }} · {{ post.written }}</p>
<ul>{% for tag in post.tags %}
<li><a href="{{ url_for('topic', id=tag.id) }}">{{ tag.name }}</a></li>
{% endfor %}</ul>
<div>{{ post.body }}</div></article>
{% endfor %}
</body></html>"""


class Base(DeclarativeBase):
    """The plain tables."""


class Topic(Base):
    __tablename__ = "topic"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    posts: Mapped[list["Post"]] = relationship(order_by="Post.id")


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    title: Mapped[str]
    author: Mapped[str]
    written: Mapped[str]
    body: Mapped[str]
    tags: Mapped[list["Tag"]] = relationship()


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    name: Mapped[str]


def plain_app(folder: Path, size: int) -> Flask:
    """The application, its page padded to about `size` bytes."""
    engine = create_engine(f"sqlite:///{folder / 'plain.sqlite'}")
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Topic(id=1, title="Who should pay?", posts=[_post(n, size) for n in range(20)]))
        session.commit()
    app = Flask("plain")

    @app.get("/topics/<int:id>")
    def topic(id: int) -> str:
        with Session(engine) as session:
            found = session.scalars(
                select(Topic)
                .where(Topic.id == id)
                .options(selectinload(Topic.posts).selectinload(Post.tags))
            ).one()
            return render_template_string(TEMPLATE, topic=found)

    return app


def _post(n: int, size: int) -> Post:
    tags = [Tag(name=f"Value {n} {each}") for each in range(3)]
    words = "What is offered after the last bell is taken up by those who can be fetched. "
    body = (words * (size // 20 // len(words) + 1))[: max(size // 20 - 420, 100)]
    return Post(title=f"Position {n}", author="Headteacher", written="2026-11-15", body=body,
                tags=tags)  # fmt: skip
