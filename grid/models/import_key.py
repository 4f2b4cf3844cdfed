"""Fingerprints of imported rows: the same row of the same court creates nothing twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class ImportKey(Base):
    """The blind fingerprint of one imported row and what it became."""

    __tablename__ = "import_key"

    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    object_id: Mapped[str] = mapped_column(Id)
    batch_id: Mapped[str] = mapped_column(Id, ForeignKey("import_batch.id"), index=True)
    at: Mapped[datetime]
