"""Resumable uploads under way (tus 1.0); the offset is the part file's length, never a column."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Upload(Base):
    """One upload of one person's device towards one declared piece of evidence."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_person_id_created_at", "person_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    evidence_id: Mapped[str] = mapped_column(Id, ForeignKey("evidence.id"), index=True)
    role: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    length: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
