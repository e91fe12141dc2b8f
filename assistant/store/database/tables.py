"""The tables, as the newest migration leaves them (migrations/). A column added here needs a migration; a test compares.

Times are seconds since 1970 by the database's own clock.
"""

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

case = Table(
    "case_file",
    metadata,
    # The empty id is what all cases share: the employer's file, what was learned of portals.
    Column("id", String(200), primary_key=True),
    Column("city", String(60), nullable=False, server_default=""),
    Column("expires_on", String(10)),
    Column("stage", String(30), nullable=False, server_default="", index=True),
    Column("version", Integer, nullable=False),
    Column("holder", String(200)),
    Column("claim", String(32)),
    Column("lease_until", Double),
    Index("ix_case_file_due", "expires_on", "id"),
)

version = Table(
    "case_version",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    # Names (keyed digests) of the papers in it, one a line, so that papers of no version can be dropped unopened.
    Column("papers", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Double, nullable=False),
)

paper = Table(
    "paper",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

aside = Table(
    "aside",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("case_file.id"), nullable=False, index=True),
    Column("epoch", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Double, nullable=False),
    Column("settled_by", String(200)),
    Column("settled_at", Double),
)

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", String(200), nullable=False, index=True),
    Column("at", Double, nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(30), nullable=False),
    Column("field", String(200), nullable=False),
    Column("before", String(64), nullable=False),
    Column("after", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
)

team = Table(
    "team",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Double, nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("work", String(30), primary_key=True),
    # A keyed digest of what was looked at, and the version of what looked.
    Column("digest", String(64), primary_key=True),
    Column("checker", String(60), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Double, nullable=False),
)

worker = Table(
    "worker",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("lease_until", Double, nullable=False),
)
