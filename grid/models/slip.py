"""Task slips: what a worker shows at the door so that a resident can check him."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Slip(Base):
    """One signed slip for one worker on one task."""

    __tablename__ = "slip"

    cti: Mapped[str] = mapped_column(String(20), primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    worker_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    kid: Mapped[str] = mapped_column(String(12))
    token: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
