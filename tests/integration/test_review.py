"""The officer's decisions on a report: verify, send back, approve, the paper, the archive, opening it again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import DocumentLine, LedgerLeaf, Message, Receipt, Review, Slip, Task, Visit, db
from tests.support.review_story import Story
from tests.support.signed_in import Browser
from tests.support.tasks import visit

TODAY = clock.local_date(clock.now())


@pytest.fixture
def story(app, district) -> Story:
    return Story(app, district)


def rows(app, query):
    with app.app_context():
        found = db.session.scalars(query).all()
        db.session.expunge_all()
    return found


def test_approving_fixes_the_date_from_the_paper_and_confirms_the_receipt(app, story) -> None:
    story.photos_arrive()
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    with app.app_context(), transaction():
        db.session.execute(update(Task).values(dispatched_at=clock.now() - timedelta(days=3)))
    assert story.act("verify").json["state"] == "verifying"
    answer = story.approve(receipt_date=yesterday, note="与回证一致")
    assert (answer.status_code, answer.json["state"], answer.json["verdict"]) == (200, "closed", "served")
    task = story.task()
    assert (task.receipt_on, task.effective_on) == (date.fromisoformat(yesterday),) * 2
    assert (task.closed_by, task.closed_at is not None) == (story.district.officer.id, True)
    assert [row.confirmed_at is not None for row in rows(app, select(Receipt))] == [True]
    assert [row.handed for row in rows(app, select(DocumentLine))] == [True, True]
    assert all(slip.revoked_at for slip in rows(app, select(Slip)))
    decisions = rows(app, select(Review).order_by(Review.at))
    assert [row.decision for row in decisions] == ["verifying", "approved"]
    assert decisions[1].effective_on.isoformat() == yesterday
    assert "task.approved" in rows(app, select(LedgerLeaf.action))
    story.phone.pull()
    card = story.phone.cards[story.task_id]
    assert card["result"]["effective_on"] == yesterday
    assert any(m.kind == "approved" and yesterday in m.text for m in rows(app, select(Message)))


def test_the_phones_clock_never_sets_the_date(app, district) -> None:
    """A phone a year ahead reports today's visit; only the paper's date counts and next year's is refused."""
    far = clock.now() + timedelta(days=365)
    story = Story(app, district, made_at=clock.iso(far), clock={"skew_ms": 365 * 86_400_000, "anchor_at": None,
                                                                 "monotonic_ms": None})  # fmt: skip
    story.photos_arrive()
    assert story.approve(receipt_date=(TODAY + timedelta(days=365)).isoformat()).status_code == 422
    assert story.approve().status_code == 200
    assert story.task().effective_on == TODAY


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"receipt_date": None}, "receipt_date"),
        ({"receipt_date": (TODAY + timedelta(days=1)).isoformat()}, "receipt_date"),
        ({"receipt_date": (TODAY - timedelta(days=30)).isoformat()}, "receipt_date"),
        ({"effective_on": (TODAY - timedelta(days=1)).isoformat()}, "effective_on"),
    ],
)
def test_an_implausible_date_is_refused_with_its_reason(story, body, field) -> None:
    story.photos_arrive()
    answer = story.approve(**body)
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == [field]
    assert story.task().state == "reported"


def test_served_needs_the_picture_of_the_signed_paper(story) -> None:
    answer = story.approve()
    assert (answer.status_code, answer.json["code"]) == (409, "receipt_photo_missing")
    story.photos_arrive()
    assert story.approve().status_code == 200


def test_one_paper_of_two_was_refused(app, district) -> None:
    def keep_one(report, card):
        report["answers"]["lines"][1] |= {"handed": False, "reason": "refused"}
        return report

    story = Story(app, district)
    back = story.act("send_back", reason_code="lines_mismatch", text="有一份没有交")
    assert back.status_code == 200
    story.phone.pull()
    mended = keep_one(story.report | {"id": story.report["id"]}, story.card)
    entry = story.phone.push("visit.mend", {"visit_id": story.report["id"], "base_revision": 1, "visit": mended})
    assert entry["status"] == "done", entry
    story.photos_arrive()
    assert story.approve().json["verdict"] == "partly_served"
    lines = rows(app, select(DocumentLine).order_by(DocumentLine.position))
    assert [(line.handed, line.not_handed_reason) for line in lines] == [(True, ""), (False, "refused")]


def test_an_unserved_task_is_approved_without_a_date(app, district) -> None:
    story = Story(app, district, "moved", narrative="邻居称去年已经搬走")
    refused = story.approve()
    assert list(refused.json["fields"]) == ["receipt_date"]
    answer = story.act("approve")
    assert (answer.status_code, answer.json["verdict"]) == (200, "not_served")
    task = story.task()
    assert (task.effective_on, task.receipt_on) == (None, None)
    assert story.act("archive").json["state"] == "archived"


def test_a_report_goes_back_with_comments_and_comes_again(app, story) -> None:
    answer = story.act(
        "send_back", reason_code="date_wrong", text="请看回证", comments={"answers.receipt_date": "应为昨天"}
    )
    assert (answer.status_code, answer.json["state"], answer.json["rounds"]) == (200, "working", 1)
    story.phone.pull()
    note = story.phone.cards[story.task_id]["sent_back"]
    assert (note["round"], note["comments"]) == (1, {"answers.receipt_date": "应为昨天"})
    assert note["answers"]["signer"]["name"] == story.card["addressee"]["name"]
    assert len(note["evidence"]) == 5
    mended = story.report | {"narrative": "已经改正"}
    entry = story.phone.push("visit.mend", {"visit_id": story.report["id"], "base_revision": 1, "visit": mended})
    assert entry["status"] == "done", entry
    task = story.task()
    assert (task.state, task.rounds) == ("reported", 1)
    assert task.first_reported_at < task.reported_at
    story.photos_arrive()
    assert story.approve().status_code == 200
    receipts = rows(app, select(Receipt).order_by(Receipt.seq))
    assert [(row.state, row.confirmed_at is not None) for row in receipts] == [("corrected", False), ("valid", True)]


def test_the_third_round_is_told_to_the_leader(app, story) -> None:
    leader = story.district.person("WZ0101").id
    for round_ in (1, 2, 3):
        assert story.act("send_back", reason_code="other", text="请补充").status_code == 200
        told = [m.person_id for m in rows(app, select(Message).where(Message.kind == "sent_back_often"))]
        assert told == ([leader] if round_ == 3 else [])
        mended = story.report | {"narrative": f"第{round_}次补充"}
        entry = story.phone.push(
            "visit.mend", {"visit_id": story.report["id"], "base_revision": round_, "visit": mended}
        )
        assert entry["status"] == "done", entry


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason_code": "no_such", "text": "x"}, "reason_code"),
        ({"reason_code": "other"}, "text"),
        ({"reason_code": "other", "text": "  "}, "text"),
        ({"reason_code": "other", "comments": {"answers.signer.__proto__": "x", "flags": "x"}}, "comments"),
        ({"reason_code": "other", "comments": {f"answers.a{n}": "x" for n in range(41)}}, "comments"),
        ({"reason_code": "other", "comments": {"narrative": "字" * 201}}, "comments.narrative.value"),
        ({"reason_code": "other", "text": "x", "surprise": 1}, "surprise"),
    ],
)
def test_a_send_back_without_a_next_step_is_refused(story, body, field) -> None:
    answer = story.act("send_back", **body)
    assert answer.status_code == 422
    assert field in answer.json["fields"], answer.json
    assert story.task().rounds == 0


def test_nobody_reviews_their_own_work(app, story) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Visit).values(worker_id=story.district.officer.id))
    for verb, body in (("verify", {}), ("send_back", {"reason_code": "other", "text": "x"}), ("approve", {})):
        answer = story.act(verb, **body)
        assert (answer.status_code, answer.json["code"]) == (403, "own_work")
    centre = Browser(app, story.district, "ZH001")
    assert story.act("verify", by=centre).status_code == 200


def test_a_stale_screen_is_refused(story) -> None:
    version = story.task().version
    assert story.act("verify").status_code == 200
    answer = story.officer.post(f"/tasks/{story.task_id}/approve", {"version": version})
    assert (answer.status_code, answer.json["code"]) == (409, "stale_version")


@pytest.mark.parametrize(
    ("staff_no", "status"), [("FG002", 404), ("WG010101", 403), ("JD01", 403), ("QZ001", 403), ("SJ001", 403)]
)
def test_others_do_not_decide(app, story, staff_no, status) -> None:
    assert story.act("verify", by=Browser(app, story.district, staff_no)).status_code == status


def test_the_paper_comes_back_in_a_step_of_its_own(app, story) -> None:
    story.photos_arrive()
    assert story.approve().status_code == 200
    early = story.act("archive")
    assert (early.status_code, early.json["code"]) == (409, "original_missing")
    wrong = story.act("original", received_on=(TODAY + timedelta(days=1)).isoformat())
    assert list(wrong.json["fields"]) == ["received_on"]
    assert story.act("original", received_on=TODAY.isoformat()).status_code == 200
    assert story.act("archive").json["state"] == "archived"
    assert story.act("original", received_on=TODAY.isoformat()).json["code"] == "wrong_state"
    assert {"task.original_received", "task.archived"} <= set(rows(app, select(LedgerLeaf.action)))


def test_an_approval_is_taken_up_again_by_the_administrator_only(app, story) -> None:
    story.photos_arrive()
    assert story.approve().status_code == 200
    assert story.act("reopen", reason="回证日期有疑问").status_code == 403
    admin = Browser(app, story.district, "GL001")
    assert story.act("reopen", by=admin, reason="回证日期有疑问").json["state"] == "verifying"
    task = story.task()
    assert (task.verdict, task.effective_on, task.closed_at) == (None, None, None)
    assert [row.confirmed_at for row in rows(app, select(Receipt))] == [None]
    last = rows(app, select(Review).order_by(Review.at.desc()))[0]
    assert (last.decision, last.effective_on) == ("reopened", TODAY), "what was decided stays on record"
    assert story.approve().status_code == 200


def test_late_material_is_decided_once_and_kept(app, district) -> None:
    story = Story(app, district)
    late = story.phone.push("visit.record", {"visit": visit(story.card, "absent")})
    assert late["result"]["supplementary"] is True
    visit_id = late["result"]["visit_id"]

    def offered(staff_no: str) -> bool:
        return "decide_late" in Browser(app, district, staff_no).get(f"/tasks/{story.task_id}").json["verbs"]

    assert [offered(who) for who in ("FG001", "ZH001", "GL001", "SJ001", "JD01")] == [True, True, False, False, False]
    assert story.act(f"visits/{visit_id}/set_aside", reason="与本次送达无关").status_code == 200
    again = story.act(f"visits/{visit_id}/accept")
    assert (again.status_code, again.json["code"]) == (409, "already_decided")
    assert story.act(f"visits/{story.report['id']}/accept").status_code == 404
    kept = rows(app, select(Visit).where(Visit.id == visit_id))[0]
    assert (kept.decision, bool(kept.body_sealed)) == ("set_aside", True)
    assert story.task().state == "reported"
    assert not offered("FG001"), "it is decided once"
