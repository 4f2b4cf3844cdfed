"""Photos: shown as stamped copies, the original for a reason, broken and reused ones flagged."""

import hashlib
import io

import pytest
from PIL import Image, ImageDraw

from api import routines
from grid.core import clock
from grid.flows import evidence_check
from grid.flows.unit import transaction
from grid.models import Evidence, LedgerLeaf, Visit, db
from tests.integration.test_uploads import create
from tests.support.desk import Desk
from tests.support.handset import Handset
from tests.support.tasks import evidence, make_task, visit


def photo(seed: int = 1, size: tuple[int, int] = (1600, 1200)) -> bytes:
    picture = Image.new("RGB", size, (120, 140, 160))
    draw = ImageDraw.Draw(picture)
    for n in range(40):
        x, y = (seed * 97 * n) % size[0], (seed * 61 * n) % size[1]
        draw.rectangle((x, y, x + 120, y + 90), fill=((seed * n * 37) % 255, (n * 53) % 255, (seed * 91) % 255))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def report(app, district, phone: Handset, data: bytes) -> dict:
    card = phone.take(make_task(app, district))
    body = visit(card)
    item = evidence("door") | {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    body["evidence"][0] = item
    assert phone.push("visit.record", {"visit": body})["status"] == "done"
    assert create(phone, item, body=data).status_code == 201
    return item


def check_all(app, district) -> None:
    with app.app_context():
        for evidence_id in evidence_check.unchecked():
            db.session.rollback()
            with transaction():
                evidence_check.check_one(evidence_id, district.kit, clock.now())


@pytest.fixture
def phone(app, district) -> Handset:
    return Handset(app, district)


def test_one_round_looks_at_every_photo_that_waits(app, district, phone, monkeypatch) -> None:
    for seed in (1, 2, 3):
        report(app, district, phone, photo(seed))
    some = evidence_check.unchecked
    monkeypatch.setattr(evidence_check, "BATCH", 1)
    monkeypatch.setattr(evidence_check, "unchecked", lambda: some(1))
    with app.app_context():
        assert len(some()) == 3
        routines.run(next(routine for routine in routines.ROUTINES if routine.name == "check_photos"), district.kit)
        assert some() == []


def test_an_officer_sees_a_stamped_copy_without_exif(app, district, phone) -> None:
    item = report(app, district, phone, photo())
    desk = Desk(app, district, "FG001")
    answer = desk.client.get(f"/api/evidence/{item['id']}/copy")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    shown = Image.open(io.BytesIO(answer.data))
    assert max(shown.size) <= 1500
    assert not shown.getexif()
    assert desk.client.get(f"/api/evidence/{item['id']}/thumb").status_code == 200
    with app.app_context():
        assert db.session.scalars(
            db.select(LedgerLeaf.object_id).where(LedgerLeaf.action == "evidence.viewed")
        ).all() == [item["id"]]


def test_the_original_needs_a_reason_and_is_never_inline(app, district, phone) -> None:
    data = photo()
    item = report(app, district, phone, data)
    desk = Desk(app, district, "FG001")
    assert desk.post(f"/api/evidence/{item['id']}/original", {"reason": "x"}).status_code == 422
    answer = desk.post(f"/api/evidence/{item['id']}/original", {"reason": "开庭质证使用"})
    assert answer.status_code == 200
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize(("who", "status"), [("FG002", 404), ("WG010201", 404), ("XT001", 403), ("QZ001", 403)])
def test_others_see_nothing(app, district, phone, who, status) -> None:
    item = report(app, district, phone, photo())
    assert Desk(app, district, who).client.get(f"/api/evidence/{item['id']}/copy").status_code == status


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        photo()[:20_000],
        photo() + b"PK\x03\x04<html><script>x</script></html>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    ],
    ids=["svg", "html", "truncated", "polyglot", "png"],
)
def test_what_is_no_honest_photo_is_flagged_and_never_breaks(app, district, phone, data) -> None:
    item = report(app, district, phone, data)
    check_all(app, district)
    with app.app_context():
        row = db.session.get_one(Evidence, item["id"])
        assert row.checked_at is not None
        flags = db.session.scalars(db.select(Visit.flags)).one()
        assert {"code": "photo_broken"} in flags
    answer = Desk(app, district, "FG001").client.get(f"/api/evidence/{item['id']}/thumb")
    assert answer.status_code < 500


def test_a_reused_photo_is_found_also_when_compressed_again(app, district, phone) -> None:
    data = photo(seed=3)
    report(app, district, phone, data)
    again = io.BytesIO()
    Image.open(io.BytesIO(data)).resize((1200, 900)).save(again, "JPEG", quality=60)
    report(app, district, phone, again.getvalue())
    report(app, district, phone, data)
    report(app, district, phone, photo(seed=11))
    check_all(app, district)
    with app.app_context():
        found = [
            {flag["code"] for flag in flags} & {"photo_similar", "photo_reused"}
            for flags in db.session.scalars(db.select(Visit.flags).order_by(Visit.received_at))
        ]
    assert found[1:] == [{"photo_similar"}, {"photo_reused"}, set()]
