"""The first tables: cases, their versions and papers, what was laid aside, the trail, the team, verdicts, workers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = "CREATE TRIGGER event_no_{action} BEFORE {action} ON event BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
_POSTGRESQL = (
    "CREATE FUNCTION trail_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the trail is only added to'; END $$",
    "CREATE TRIGGER event_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION trail_is_only_added_to()",
)


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("city", sa.String(60), nullable=False, server_default=""),
        sa.Column("expires_on", sa.String(10)),
        sa.Column("stage", sa.String(30), nullable=False, server_default=""),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(200)),
        sa.Column("claim", sa.String(32)),
        sa.Column("lease_until", sa.Double),
    )
    op.create_index("ix_case_file_stage", "case_file", ["stage"])
    op.create_index("ix_case_file_due", "case_file", ["expires_on", "id"])
    op.create_table(
        "case_version",
        _of_case(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("papers", sa.Text, nullable=False),
        *_sealed_by(),
    )
    op.create_table(
        "paper",
        _of_case(),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "aside",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("case_id", sa.String(200), sa.ForeignKey("case_file.id"), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        *_sealed_by(),
        sa.Column("settled_by", sa.String(200)),
        sa.Column("settled_at", sa.Double),
    )
    op.create_index("ix_aside_case_id", "aside", ["case_id"])
    _create_trail()
    op.create_table(
        "team",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        *_sealed_by(),
    )
    op.create_table(
        "verdict",
        _of_case(),
        sa.Column("work", sa.String(30), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("checker", sa.String(60), primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        *_sealed_by(),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("lease_until", sa.Double, nullable=False),
    )


def _of_case() -> sa.Column[str]:
    return sa.Column("case_id", sa.String(200), sa.ForeignKey("case_file.id"), primary_key=True)


def _sealed_by() -> tuple[sa.Column[bytes], sa.Column[str], sa.Column[float]]:
    return (
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )


def _create_trail() -> None:
    op.create_table(
        "event",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.String(200), nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        *(
            sa.Column(name, sa.String(length), nullable=False)
            for name, length in (("who", 200), ("what", 30), ("field", 200), ("before", 64), ("after", 64))
        ),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.create_index("ix_event_case_id", "event", ["case_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)
    else:
        for action in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(action=action))
