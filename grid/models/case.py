"""Enforcement cases."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Case(Base):
    """One enforcement case of one court; money in 分; serial is the number in case_no that people search by."""

    __tablename__ = "enforcement_case"
    __table_args__ = (
        UniqueConstraint("court_id", "case_no"),
        Index("ix_case_officer_id", "officer_id", "created_at", "id"),
        Index("ix_case_court_id_created_at", "court_id", "created_at", "id"),
        Index("ix_case_court_id_serial", "court_id", "serial"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    department_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"))
    officer_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    case_no: Mapped[str] = mapped_column(String(80))
    serial: Mapped[int] = mapped_column(BigInteger, default=0)
    cause: Mapped[str] = mapped_column(String(120), default="")
    title_instrument: Mapped[str] = mapped_column(String(120), default="")
    claim_fen: Mapped[int | None] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(24), default="open")
    livelihood: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool] = mapped_column(default=False)
    accepted_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
