"""The append-only ledger: leaves with their events, complete subtree nodes, and the head (trust: RFC 6962)."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class LedgerLeaf(Base):
    """One event; body is canonical JSON and may only ever be erased, never changed."""

    __tablename__ = "ledger_leaf"
    __table_args__ = (
        Index("ix_ledger_leaf_task_id_idx", "task_id", "idx"),
        Index("ix_ledger_leaf_object_id_idx", "object_id", "idx"),
        Index("ix_ledger_leaf_action_idx", "action", "idx"),
    )

    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    body: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(48))
    actor_id: Mapped[str | None] = mapped_column(Id)
    task_id: Mapped[str | None] = mapped_column(Id)
    object_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]


class LedgerNode(Base):
    """The hash of a complete subtree of 2**level leaves starting at idx * 2**level."""

    __tablename__ = "ledger_node"

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class LedgerHead(Base):
    """The single row every writer locks last: tree size, frontier, and the feed's last number."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    frontier: Mapped[bytes] = mapped_column(LargeBinary)
    feed_seq: Mapped[int] = mapped_column(BigInteger)


class LedgerCheckpoint(Base):
    """A signed note over size and root (C2SP tlog-checkpoint)."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
