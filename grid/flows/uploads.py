"""Bring declared evidence in: once accepted by its SHA-256 the bytes are never replaced."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.core.errors.storage import ChunkDamaged, PartMissing
from grid.core.errors.uploads import EvidenceMismatch, EvidenceUnknown, UploadQuota, UploadTooLarge
from grid.flows import ledger
from grid.models import Evidence, Upload, Visit, db
from grid.tools.kit import Kit
from grid.tools.partstore import Checksum

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Declared:
    """What a report said would come: whose it is, its hash and length, and whether it is here."""

    evidence_id: str
    task_id: str
    role: str
    sha256: str
    length: int
    arrived: bool


def read_declared(actor: Actor, evidence_id: str, role: str) -> Declared:
    """Find the declared piece; raises EvidenceUnknown before its report, NotFound for another worker's."""
    row = db.session.execute(
        select(
            Evidence.task_id,
            Evidence.sha256,
            Evidence.size,
            Evidence.display_sha256,
            Evidence.display_size,
            Evidence.original_at,
            Evidence.display_at,
            Visit.worker_id,
        )
        .join(Visit, Visit.id == Evidence.visit_id)
        .where(Evidence.id == evidence_id)
    ).one_or_none()
    if row is None:
        raise EvidenceUnknown
    if row.worker_id != actor.id:
        raise NotFound
    if role == "display":
        if row.display_sha256 is None or row.display_size is None:
            raise EvidenceMismatch
        return Declared(
            evidence_id, row.task_id, role, row.display_sha256, row.display_size, row.display_at is not None
        )
    return Declared(evidence_id, row.task_id, role, row.sha256, row.size, row.original_at is not None)


def check_declared(declared: Declared, sha256: str, length: int, kit: Kit) -> None:
    """Raise unless hash and length are the declared ones and within the limit."""
    limit = kit.settings.upload_max_mib * MIB
    if length > limit:
        raise UploadTooLarge(max_bytes=limit)
    if sha256 != declared.sha256 or length != declared.length:
        raise EvidenceMismatch


def check_quota(actor: Actor, length: int, kit: Kit, now: datetime) -> None:
    """Raise UploadQuota past the day's allowance of unfinished and finished resumable uploads."""
    used = db.session.scalar(
        select(func.coalesce(func.sum(Upload.length), 0)).where(
            Upload.person_id == actor.id, Upload.created_at > now - timedelta(days=1)
        )
    )
    if (used or 0) + length > kit.settings.upload_quota_mib_per_day * MIB:
        raise UploadQuota


def open_upload(actor: Actor, declared: Declared, kit: Kit, now: datetime) -> Upload:
    """Open a resumable upload towards a declared piece."""
    check_quota(actor, declared.length, kit, now)
    upload = Upload(
        id=secrets.token_hex(16),
        person_id=actor.id,
        evidence_id=declared.evidence_id,
        role=declared.role,
        sha256=declared.sha256,
        length=declared.length,
        created_at=now,
        expires_at=now + timedelta(days=kit.settings.upload_expiry_days),
    )
    kit.parts.create(upload.id)
    db.session.add(upload)
    return upload


def find_upload(actor: Actor, upload_id: str, now: datetime) -> Upload:
    """Find one of the actor's uploads; raises NotFound for others', PartMissing for an expired one."""
    upload = db.session.get(Upload, upload_id)
    if upload is None or upload.person_id != actor.id:
        raise NotFound
    if upload.finished_at is None and upload.expires_at <= now:
        raise PartMissing
    return upload


def offset_of(upload: Upload, kit: Kit) -> int:
    """Tell how far an upload is: its part file's length, or all of it once finished."""
    return upload.length if upload.finished_at is not None else kit.parts.offset(upload.id)


def store_whole(declared: Declared, data: bytes, checksum: Checksum | None, kit: Kit) -> None:
    """Store a small file that came in one piece; hashed once when the checksum is the file's own SHA-256."""
    if checksum is not None:
        same = checksum.algorithm == "sha256" and checksum.digest.hex() == declared.sha256
        found = checksum.digest if same else hashlib.new(checksum.algorithm, data, usedforsecurity=False).digest()
        if found != checksum.digest:
            raise ChunkDamaged
    kit.blobs.put(data, declared.sha256)


def arrive(actor: Actor, declared: Declared, now: datetime) -> None:
    """Note that the bytes of a declared piece are in the store; a second time changes nothing."""
    column = Evidence.display_at if declared.role == "display" else Evidence.original_at
    values: dict[Any, Any] = {column: now}
    done = db.session.execute(
        update(Evidence).where(Evidence.id == declared.evidence_id, column.is_(None)).values(values)
    )
    if getattr(done, "rowcount", 0):
        ledger.record(
            "evidence.received",
            actor,
            now,
            object_id=declared.evidence_id,
            task_id=declared.task_id,
            after=declared.sha256,
            role=declared.role,
            size=declared.length,
        )


def finish(actor: Actor, upload: Upload, kit: Kit, now: datetime) -> None:
    """Turn a complete upload into stored evidence; the bytes are safe before the row says so."""
    declared = read_declared(actor, upload.evidence_id, upload.role)
    kit.parts.finish(upload.id, upload.sha256, upload.length)
    arrive(actor, declared, now)
    upload.finished_at = now


def cancel(upload: Upload, kit: Kit) -> None:
    """Drop an unfinished upload."""
    if upload.finished_at is None:
        kit.parts.drop(upload.id)
        db.session.delete(upload)
