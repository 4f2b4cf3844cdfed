"""What each phone sent, once for ever, and what it was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Mutation(Base):
    """One numbered change of one device with its stored answer."""

    __tablename__ = "mutation"
    __table_args__ = (UniqueConstraint("device_id", "seq"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    device_id: Mapped[str] = mapped_column(Id, ForeignKey("device.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12))
    receipt_no: Mapped[str | None] = mapped_column(String(24))
    answer: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]


class KeptContent(Base):
    """Content that could not be carried out (refused, or a second one under a used id); kept whole and sealed."""

    __tablename__ = "kept_content"
    __table_args__ = (UniqueConstraint("mutation_id", "digest"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    mutation_id: Mapped[str] = mapped_column(Id, ForeignKey("mutation.id"))
    device_id: Mapped[str] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[str]
    received_at: Mapped[datetime]
