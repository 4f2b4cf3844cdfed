"""Tasks: one person, one assignment; the state moves only along the lifecycle table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id, UnitPath


class Task(Base):
    """One task; unit_path is the path of the unit that holds it now, for scope queries.

    case_no, papers_text and copies repeat what never changes once the task is made, signer_text what the newest report
    says (masked): a register of a hundred thousand lines reads them from here.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("court_id", "no"),
        Index("ix_task_worker_id_state", "worker_id", "state"),
        Index("ix_task_court_id_state_due_at", "court_id", "state", "due_at", "id"),
        Index("ix_task_officer_id_state", "officer_id", "state"),
        Index("ix_task_unit_path", "unit_path"),
        Index("ix_task_court_id_dispatched_at", "court_id", "dispatched_at", "id", "kind"),
        Index("ix_task_court_id_due_at", "court_id", "due_at", "id"),
        Index("ix_task_court_id_case_no", "court_id", "case_no", "id"),
        Index("ix_task_court_id_reported_at", "court_id", "reported_at", "id"),
        Index("ix_task_officer_id_due_at", "officer_id", "due_at", "id"),
        Index("ix_task_street_id_due_at", "street_id", "due_at", "id"),
        CheckConstraint("(suspended_at IS NULL) = (suspended_from IS NULL)", name="suspended_from_somewhere"),
        CheckConstraint(
            "(sensitive_approved_at IS NULL) = (sensitive_approved_by IS NULL)", name="sensitive_approved_by_somebody"
        ),
        CheckConstraint("taken_at IS NULL OR worker_id IS NOT NULL", name="taken_by_somebody"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    no: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(16))
    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("enforcement_case.id"), index=True)
    case_no: Mapped[str] = mapped_column(String(80), default="")
    addressee_id: Mapped[str] = mapped_column(Id, ForeignKey("party.id"), index=True)
    address_id: Mapped[str] = mapped_column(Id, ForeignKey("address.id"))
    mode: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=1)
    officer_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(UnitPath)
    street_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"))
    cell_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    worker_id: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"))
    urgent: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)
    sensitive_approved_at: Mapped[datetime | None]
    sensitive_approved_by: Mapped[str | None] = mapped_column(Id)
    instruction: Mapped[str] = mapped_column(String(500), default="")
    notes_sealed: Mapped[str | None]
    brief: Mapped[dict[str, Any]] = mapped_column(default=dict)
    flags: Mapped[list[Any]] = mapped_column(default=list)
    route_note: Mapped[str] = mapped_column(String(120), default="")
    suspended_at: Mapped[datetime | None]
    suspended_from: Mapped[str | None] = mapped_column(String(16))
    rules_version: Mapped[str] = mapped_column(String(16), default="1")
    batch_id: Mapped[str | None] = mapped_column(Id, index=True)
    previous_task_id: Mapped[str | None] = mapped_column(Id, ForeignKey("task.id"))
    rounds: Mapped[int] = mapped_column(default=0)
    visit_count: Mapped[int] = mapped_column(default=0)
    papers_text: Mapped[str] = mapped_column(String(400), default="")
    copies: Mapped[int] = mapped_column(default=0)
    signer_text: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]
    routed_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    take_due_at: Mapped[datetime | None]
    first_visit_at: Mapped[datetime | None]
    first_visit_due_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    first_reported_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(Id)
    archived_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(32))
    verdict: Mapped[str | None] = mapped_column(String(24))
    effective_on: Mapped[date | None]
    receipt_on: Mapped[date | None]
    original_received_on: Mapped[date | None]
    original_received_by: Mapped[str | None] = mapped_column(Id)
    changed_at: Mapped[datetime]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded: Mapped[dict[str, Any]] = mapped_column(default=dict)
