"""tus 1.0.0: offsets, checksums, strangers, repeats; accepted bytes are never replaced."""

import base64
import hashlib
import os

import pytest
from sqlalchemy import select, update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import Evidence, LedgerLeaf, Upload, db
from tests.support.handset import Handset
from tests.support.tasks import evidence, make_task, visit

TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = TUS | {"Content-Type": "application/offset+octet-stream"}
JPEG = b"\xff\xd8\xff\xe0" + os.urandom(700_000) + b"\xff\xd9"


def b64(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def metadata(item: dict, role: str = "original") -> str:
    return f"sha256 {b64(item['sha256'])},evidence {b64(item['id'])},role {b64(role)}"


@pytest.fixture
def phone(app, district) -> Handset:
    return Handset(app, district)


@pytest.fixture
def photo(app, district, phone) -> dict:
    """A declared photo whose bytes are JPEG."""
    card = phone.take(make_task(app, district))
    report = visit(card)
    item = evidence("door")
    item |= {"sha256": hashlib.sha256(JPEG).hexdigest(), "size": len(JPEG)}
    report["evidence"][0] = item
    assert phone.push("visit.record", {"visit": report})["status"] == "done"
    return item


def create(phone: Handset, item: dict, length: int | None = None, body: bytes = b"", **extra: str):
    headers = TUS | phone.headers | {"Upload-Length": str(item["size"] if length is None else length)}
    headers |= {"Upload-Metadata": metadata(item)} | extra
    if body:
        headers |= {"Content-Type": "application/offset+octet-stream"}
    return phone.client.post("/api/uploads", headers=headers, data=body)


def patch(phone: Handset, url: str, offset: int, data: bytes, **extra: str):
    return phone.client.patch(url, headers=CHUNK | phone.headers | {"Upload-Offset": str(offset)} | extra, data=data)


def stored(app, item: dict) -> Evidence:
    with app.app_context():
        return db.session.scalars(select(Evidence).where(Evidence.id == item["id"])).one()


def test_a_file_goes_up_in_chunks_and_survives_a_lost_answer(app, district, phone, photo) -> None:
    made = create(phone, photo)
    assert made.status_code == 201, made.json
    url = made.headers["Location"]
    assert made.headers["Tus-Resumable"] == "1.0.0"
    half = 300_000
    digest = "sha256 " + b64(hashlib.sha256(JPEG[:half]).digest())
    first = patch(phone, url, 0, JPEG[:half], **{"Upload-Checksum": digest})
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(half))
    again = patch(phone, url, 0, JPEG[:half])
    assert (again.status_code, again.json["offset"]) == (409, half)
    head = phone.client.head(url, headers=TUS)
    assert (head.status_code, head.headers["Upload-Offset"], head.headers["Cache-Control"]) == (
        200,
        str(half),
        "no-store",
    )
    last = patch(phone, url, half, JPEG[half:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(JPEG)))
    assert patch(phone, url, len(JPEG), b"").status_code == 204
    assert stored(app, photo).original_at is not None
    with district.kit.blobs.open_range(photo["sha256"]) as kept:
        assert kept.read() == JPEG


def test_a_small_file_goes_up_in_one_request_and_once(app, district, phone, photo) -> None:
    for _ in range(2):
        answer = create(phone, photo, body=JPEG)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(JPEG)))
    with app.app_context():
        received = db.session.scalars(select(LedgerLeaf.idx).where(LedgerLeaf.action == "evidence.received")).all()
        assert len(received) == 1
        assert db.session.scalars(select(Upload.id)).all() == []


def test_wrong_bytes_are_refused_and_nothing_is_kept(app, district, phone, photo) -> None:
    wrong = JPEG[:-1] + b"\x00"
    answer = create(phone, photo, body=wrong)
    assert (answer.status_code, answer.json["code"]) == (422, "upload_digest_mismatch")
    url = create(phone, photo).headers["Location"]
    assert patch(phone, url, 0, wrong).status_code == 422
    assert stored(app, photo).original_at is None
    assert district.kit.blobs.size(photo["sha256"]) is None
    assert create(phone, photo, body=JPEG).status_code == 201


def test_a_damaged_chunk_is_thrown_away(phone, photo) -> None:
    url = create(phone, photo).headers["Location"]
    digest = "sha1 " + b64(hashlib.sha1(b"other", usedforsecurity=False).digest())
    answer = patch(phone, url, 0, JPEG[:1000], **{"Upload-Checksum": digest})
    assert (answer.status_code, answer.json["code"]) == (460, "upload_checksum_wrong")
    assert phone.client.head(url, headers=TUS).headers["Upload-Offset"] == "0"


def test_another_hash_or_size_than_declared_is_refused(phone, photo) -> None:
    other = photo | {"sha256": hashlib.sha256(b"x").hexdigest()}
    assert create(phone, other, body=JPEG).json["code"] == "evidence_mismatch"
    assert create(phone, photo, length=photo["size"] - 1).json["code"] == "evidence_mismatch"
    assert create(phone, photo, length=999_999_999).status_code == 413


def test_bytes_before_the_text_are_asked_to_wait(phone) -> None:
    answer = create(phone, evidence("door"))
    assert (answer.status_code, answer.json["code"]) == (409, "evidence_unknown")


def test_a_stranger_gets_404_for_my_uploads(app, district, phone, photo) -> None:
    url = create(phone, photo).headers["Location"]
    stranger = Handset(app, district, "WG010201")
    assert stranger.client.head(url, headers=TUS).status_code == 404
    assert patch(stranger, url, 0, b"x").status_code == 404
    assert stranger.client.delete(url, headers=TUS | stranger.headers).status_code == 404
    assert create(stranger, photo).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.0"}, 412),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "1e3"}, 400),
        ({"Upload-Metadata": "sha256"}, 400),
        ({"Upload-Metadata": "sha256 !!!"}, 400),
        ({"Upload-Metadata": "path " + b64("../../etc/passwd")}, 400),
    ],
)
def test_bad_headers_are_refused_clearly(phone, photo, headers, status) -> None:
    answer = create(phone, photo, **headers)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_a_chunk_of_another_type_is_refused(phone, photo) -> None:
    url = create(phone, photo).headers["Location"]
    answer = phone.client.patch(url, headers=TUS | phone.headers | {"Upload-Offset": "0"}, json={"a": 1})
    assert answer.status_code == 415


def test_an_upload_can_be_dropped_and_expires(app, phone, photo) -> None:
    url = create(phone, photo).headers["Location"]
    assert phone.client.delete(url, headers=TUS | phone.headers).status_code == 204
    assert phone.client.head(url, headers=TUS).status_code == 404
    url = create(phone, photo).headers["Location"]
    with app.app_context(), transaction():
        db.session.execute(update(Upload).values(expires_at=clock.now()))
    assert phone.client.head(url, headers=TUS).status_code == 410


def test_capabilities_are_told(phone) -> None:
    answer = phone.client.options("/api/uploads", headers=phone.headers)
    assert answer.status_code == 204
    assert set(answer.headers["Tus-Extension"].split(",")) >= {"creation", "checksum", "expiration", "termination"}
    assert "sha1" in answer.headers["Tus-Checksum-Algorithm"]
