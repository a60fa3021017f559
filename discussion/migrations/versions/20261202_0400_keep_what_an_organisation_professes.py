"""Keep what an organisation professes and how it operates."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0400_keep_what_an_organ"
down_revision = "20261201_0147_let_conveners_writ"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("professed", sa.String(length=200), nullable=False),
        sa.Column("practised", sa.String(length=200), nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("compulsion", sa.String(length=200), nullable=False),
        sa.Column("compulsion_stops", sa.JSON(), nullable=False),
        sa.Column("asks_values", sa.Boolean(), nullable=False),
        sa.Column("asks_reason", sa.Boolean(), nullable=False),
        sa.Column("shuffles", sa.Boolean(), nullable=False),
        sa.Column("made_from_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_instrument_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["made_from_id"], ["instrument.id"], name=op.f("fk_instrument_made_from_id_instrument")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_instrument_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("public_id", name=op.f("uq_instrument_public_id")),
        sa.UniqueConstraint("series_id", "version", name=op.f("uq_instrument_series_id_version")),
    )
    with op.batch_alter_table("instrument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instrument_series_id"), ["series_id"], unique=False)
        batch_op.create_index(
            "uq_instrument_one_draft",
            ["series_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    op.create_table(
        "organisation",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_organisation_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_organisation_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
        sa.UniqueConstraint("series_id", "name", name=op.f("uq_organisation_series_id_name")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_series_id"), ["series_id"], unique=False)

    op.create_table(
        "coordinator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_coordinator_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_coordinator_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinator")),
        sa.UniqueConstraint(
            "organisation_id", "person_id", name=op.f("uq_coordinator_organisation_id_person_id")
        ),
    )
    with op.batch_alter_table("coordinator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coordinator_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_coordinator_person_id"), ["person_id"], unique=False)

    op.create_table(
        "instrument_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("covers", sa.String(length=160), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("asks_compulsion", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_instrument_function_instrument_id_instrument"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_function")),
        sa.UniqueConstraint(
            "instrument_id", "slug", name=op.f("uq_instrument_function_instrument_id_slug")
        ),
    )
    with op.batch_alter_table("instrument_function", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instrument_function_instrument_id"), ["instrument_id"], unique=False
        )

    op.create_table(
        "instrument_vision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_instrument_vision_instrument_id_instrument"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_vision")),
        sa.UniqueConstraint(
            "instrument_id", "slug", name=op.f("uq_instrument_vision_instrument_id_slug")
        ),
    )
    with op.batch_alter_table("instrument_vision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instrument_vision_instrument_id"), ["instrument_id"], unique=False
        )

    op.create_table(
        "practice_run",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consent_by", sa.String(length=120), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.String(length=600), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminds_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgot_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unshared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named_by", sa.String(length=120), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["person.id"], name=op.f("fk_practice_run_coordinator_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_practice_run_instrument_id_instrument"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_practice_run_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_run")),
        sa.UniqueConstraint("code", name=op.f("uq_practice_run_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_run_public_id")),
    )
    with op.batch_alter_table("practice_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_run_instrument_id"), ["instrument_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_practice_run_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_practice_run_state"), ["state"], unique=False)

    op.create_table(
        "practice_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["practice_run.id"], name=op.f("fk_practice_unit_run_id_practice_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_practice_unit_code")),
        sa.UniqueConstraint("run_id", "name", name=op.f("uq_practice_unit_run_id_name")),
    )
    with op.batch_alter_table("practice_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_unit_run_id"), ["run_id"], unique=False)

    op.create_table(
        "practice_invitation",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("is_joined", sa.Boolean(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["practice_run.id"], name=op.f("fk_practice_invitation_run_id_practice_run")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["practice_unit.id"],
            name=op.f("fk_practice_invitation_unit_id_practice_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_invitation")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_practice_invitation_link_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_invitation_public_id")),
        sa.UniqueConstraint(
            "run_id", "address_key", name=op.f("uq_practice_invitation_run_id_address_key")
        ),
    )
    with op.batch_alter_table("practice_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_invitation_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_invitation_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_practice_invitation_unit_id"), ["unit_id"], unique=False
        )

    op.create_table(
        "practice_respondent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["practice_run.id"], name=op.f("fk_practice_respondent_run_id_practice_run")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["practice_unit.id"],
            name=op.f("fk_practice_respondent_unit_id_practice_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_respondent")),
        sa.UniqueConstraint("key", name=op.f("uq_practice_respondent_key")),
    )
    with op.batch_alter_table("practice_respondent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_respondent_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_practice_respondent_unit_id"), ["unit_id"], unique=False
        )

    op.create_table(
        "practice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("professed", sa.String(length=10), nullable=False),
        sa.Column("practised", sa.String(length=10), nullable=False),
        sa.Column("compulsion", sa.String(length=10), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("may_show", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["function_id"],
            ["instrument_function.id"],
            name=op.f("fk_practice_answer_function_id_instrument_function"),
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["practice_respondent.id"],
            name=op.f("fk_practice_answer_respondent_id_practice_respondent"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answer")),
        sa.UniqueConstraint(
            "respondent_id",
            "function_id",
            name=op.f("uq_practice_answer_respondent_id_function_id"),
        ),
    )
    with op.batch_alter_table("practice_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_answer_function_id"), ["function_id"], unique=False
        )

    op.create_table(
        "practice_fit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("vision_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["practice_respondent.id"],
            name=op.f("fk_practice_fit_respondent_id_practice_respondent"),
        ),
        sa.ForeignKeyConstraint(
            ["vision_id"],
            ["instrument_vision.id"],
            name=op.f("fk_practice_fit_vision_id_instrument_vision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_fit")),
        sa.UniqueConstraint(
            "respondent_id", "vision_id", name=op.f("uq_practice_fit_respondent_id_vision_id")
        ),
    )
    with op.batch_alter_table("practice_fit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_fit_vision_id"), ["vision_id"], unique=False)
