"""Bulk imports: the checked file, its bad cells, and what became of the good rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class ImportBatch(Base):
    """One uploaded file; rows (sealed) wait here between dry run and commit."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_court_id_file_sha256", "court_id", "file_sha256"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    rows_total: Mapped[int]
    rows_good: Mapped[int]
    rows_bad: Mapped[int]
    duplicates: Mapped[int] = mapped_column(default=0)
    created_count: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    preview: Mapped[list[Any]] = mapped_column(default=list)
    rows_sealed: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
