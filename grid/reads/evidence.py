"""Find a piece of evidence somebody may look at, and the bytes to show."""

from dataclasses import dataclass
from typing import Any

from grid.core.actor import Actor
from grid.core.clock import local_text
from grid.core.errors import NotFound
from grid.core.errors.storage import BlobMissing
from grid.models import Evidence, Person, Task, db
from grid.reads.ownership import task_facts
from grid.rules import permissions
from grid.rules.permissions import Action
from grid.tools.kit import Kit
from grid.tools.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence with its task."""

    evidence: Evidence
    task: Task


def find(actor: Actor, evidence_id: str, action: Action) -> Shown:
    """Return the evidence when the actor may see it; raises NotFound otherwise."""
    evidence = db.session.get(Evidence, evidence_id)
    if evidence is None:
        raise NotFound
    task = db.session.get_one(Task, evidence.task_id)
    permissions.check(actor, action, task_facts(task))
    return Shown(evidence, task)


def bytes_to_show(shown: Shown, kit: Kit) -> bytes:
    """Return the display copy, or the original while only that has arrived; raises BlobMissing before both."""
    row = shown.evidence
    if row.display_at is not None and row.display_sha256:
        digest = row.display_sha256
    elif row.original_at is not None:
        digest = row.sha256
    else:
        raise BlobMissing
    with kit.blobs.open_range(digest) as file:
        return file.read()


def stamp_for(actor: Actor, shown: Shown) -> Stamp:
    """Return the words on a copy: task, time and place as claimed, and who is looking."""
    place: dict[str, Any] = shown.evidence.place or {}
    where = f"{place['lng']:.5f}, {place['lat']:.5f}" if "lng" in place and "lat" in place else "位置未记录"
    viewer = db.session.get_one(Person, actor.id).worker_no
    return Stamp(
        task_no=shown.task.no,
        taken_text=f"手机时间 {local_text(shown.evidence.made_at)}",
        place_text=where,
        viewer_no=str(viewer),
    )
