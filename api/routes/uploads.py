"""tus 1.0.0 over the evidence store: creation, creation-with-upload, checksum, expiration, termination."""

import base64
import binascii
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime

from flask import Response, request

from api.auth import actor, permit, settings
from api.context import kit
from api.wire import Blueprint
from grid.core import clock
from grid.core.errors.uploads import TusMedia, TusRefused, TusVersion, UploadTooLarge
from grid.core.ids import is_id
from grid.flows import uploads
from grid.flows.unit import transaction
from grid.models import Upload, db
from grid.rules.permissions import Action
from grid.tools.blobstore import is_digest
from grid.tools.partstore import Checksum

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
MEDIA = "application/offset+octet-stream"
ONE_SHOT = 4 * 1024 * 1024
PIECE = 256 * 1024

bp = Blueprint("uploads", __name__, url_prefix="/api/uploads", description="断点续传（tus 1.0.0）")


def _answer(status: int, **headers: str) -> Response:
    response = Response(status=status)
    response.headers["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def _check_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise TusVersion("Tus-Resumable", supported=VERSION)


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise TusRefused(header)
    return int(text)


def _checksum() -> Checksum | None:
    header = request.headers.get("Upload-Checksum")
    return Checksum.parse(header) if header is not None else None


def _metadata() -> dict[str, str]:
    found: dict[str, str] = {}
    header = request.headers.get("Upload-Metadata", "")
    if len(header) > 1024:
        raise TusRefused("Upload-Metadata")
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            text = base64.b64decode(value, validate=True).decode("ascii")
        except (binascii.Error, UnicodeDecodeError):
            raise TusRefused("Upload-Metadata") from None
        if key in found or key not in {"sha256", "evidence", "role"}:
            raise TusRefused("Upload-Metadata")
        found[key] = text
    if not is_digest(found.get("sha256")) or not is_id(found.get("evidence")):
        raise TusRefused("Upload-Metadata")
    if found.setdefault("role", "original") not in {"original", "display"}:
        raise TusRefused("Upload-Metadata")
    return found


def _pieces() -> Iterator[bytes]:
    while piece := request.stream.read(PIECE):
        yield piece


def _expires(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


@bp.route("", methods=["OPTIONS"])
@permit(Action.UPLOAD_WRITE)
@bp.alt_response(204)
def capabilities() -> Response:
    """Tell what this server can do."""
    return _answer(
        204,
        Tus_Version=VERSION,
        Tus_Extension=EXTENSIONS,
        Tus_Max_Size=str(settings().upload_max_mib * uploads.MIB),
        Tus_Checksum_Algorithm="sha256,sha1",
    )


@bp.post("")
@permit(Action.UPLOAD_WRITE)
@bp.alt_response(201)
def create() -> Response:
    """Open an upload towards declared evidence; a small file may come along and is done in this one request."""
    _check_version()
    length = _number("Upload-Length")
    if length > settings().upload_max_mib * uploads.MIB:
        raise UploadTooLarge(max_bytes=settings().upload_max_mib * uploads.MIB)
    meta = _metadata()
    now = clock.now()
    declared = uploads.read_declared(actor(), meta["evidence"], meta["role"])
    uploads.check_declared(declared, meta["sha256"], length, kit())
    location = f"/api/uploads/{declared.evidence_id}.{declared.role}"
    if declared.arrived:
        return _answer(201, Location=location, Upload_Offset=str(length))
    request.max_content_length = settings().upload_max_mib * uploads.MIB
    carries_body = (request.content_length or 0) > 0
    if carries_body and request.mimetype != MEDIA:
        raise TusMedia
    if carries_body and request.content_length == length <= ONE_SHOT:
        return _one_shot(declared, location, length, now)
    with transaction():
        upload = uploads.open_upload(actor(), declared, kit(), now)
    offset = _append(upload, 0) if carries_body else 0
    return _answer(
        201,
        Location=f"/api/uploads/{upload.id}",
        Upload_Offset=str(offset),
        Upload_Expires=_expires(upload.expires_at),
    )


def _one_shot(declared: uploads.Declared, location: str, length: int, now: datetime) -> Response:
    """Store a whole small file: hashed once, synced once, no part file, no upload row."""
    db.session.commit()  # no connection is held while bytes come from a phone
    data = request.get_data(cache=False)
    if len(data) != length:
        raise TusRefused("Upload-Length")
    uploads.store_whole(declared, data, _checksum(), kit())
    with transaction():
        uploads.arrive(actor(), declared, now)
    return _answer(201, Location=location, Upload_Offset=str(length))


def _append(upload: Upload, offset: int) -> int:
    """Add the request's bytes; the last chunk turns the part into evidence."""
    checksum = _checksum()
    upload_id, length = upload.id, upload.length
    db.session.commit()  # no connection is held while bytes come from a phone
    offset = kit().parts.append(upload_id, offset, _pieces(), length=length, checksum=checksum)
    if offset == length:
        now = clock.now()
        with transaction():
            uploads.finish(actor(), uploads.find_upload(actor(), upload_id, now), kit(), now)
    return offset


@bp.route("/<upload_id>", methods=["HEAD"])
@permit(Action.UPLOAD_WRITE)
@bp.alt_response(200)
def offset(upload_id: str) -> Response:
    """Tell how far an upload is."""
    _check_version()
    upload = uploads.find_upload(actor(), upload_id, clock.now())
    return _answer(
        200,
        Upload_Offset=str(uploads.offset_of(upload, kit())),
        Upload_Length=str(upload.length),
        Upload_Expires=_expires(upload.expires_at),
        Cache_Control="no-store",
    )


@bp.patch("/<upload_id>")
@permit(Action.UPLOAD_WRITE)
@bp.alt_response(204)
def append(upload_id: str) -> Response:
    """Add a chunk at the exact offset."""
    _check_version()
    if request.mimetype != MEDIA:
        raise TusMedia
    start = _number("Upload-Offset")
    upload = uploads.find_upload(actor(), upload_id, clock.now())
    expires = _expires(upload.expires_at)
    if upload.finished_at is not None and start == upload.length:
        return _answer(204, Upload_Offset=str(upload.length))
    request.max_content_length = settings().upload_max_mib * uploads.MIB
    reached = _append(upload, start)
    return _answer(204, Upload_Offset=str(reached), Upload_Expires=expires)


@bp.delete("/<upload_id>")
@permit(Action.UPLOAD_WRITE)
@bp.alt_response(204)
def cancel(upload_id: str) -> Response:
    """Drop an unfinished upload."""
    _check_version()
    with transaction():
        uploads.cancel(uploads.find_upload(actor(), upload_id, clock.now()), kit())
    return _answer(204)
