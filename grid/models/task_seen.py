"""Who has looked at which task, and when last: so that a reviewer finds what he has not seen."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class TaskSeen(Base):
    """One person's last look at one task's dossier."""

    __tablename__ = "task_seen"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), primary_key=True, index=True)
    seen_at: Mapped[datetime]
