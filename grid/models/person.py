"""People with an account: one person, one role, one unit."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Person(Base):
    """An account; phone is sealed and found by its blind index."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("staff_no"), UniqueConstraint("phone_index"), UniqueConstraint("worker_no"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(24), index=True)
    name: Mapped[str] = mapped_column(String(60))
    staff_no: Mapped[str] = mapped_column(String(40))
    worker_no: Mapped[int]
    phone_sealed: Mapped[str | None] = mapped_column(String(400))
    phone_index: Mapped[str | None] = mapped_column(String(64))
    phone_masked: Mapped[str] = mapped_column(String(20), default="")
    employment: Mapped[str] = mapped_column(String(16), default="full_time")
    is_committee_staff: Mapped[bool] = mapped_column(default=False)
    is_mediator: Mapped[bool] = mapped_column(default=False)
    confidentiality_signed_at: Mapped[datetime | None]
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    password_changed_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
