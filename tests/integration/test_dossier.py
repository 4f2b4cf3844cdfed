"""What a reviewer finds: the queue, and the dossier with report, photos, versions and decisions."""

import pytest
from sqlalchemy import update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import Task, Visit, db
from grid.reads.dossier import dossier
from tests.support.counting import counted
from tests.support.reported import put_task, put_visit
from tests.support.review_story import Story
from tests.support.signed_in import Browser
from tests.support.tasks import visit

FAR = {"lng": 118.4751, "lat": 31.68, "accuracy_m": 10.0, "age_s": 1.0, "source": "gps"}


@pytest.fixture
def story(app, district) -> Story:
    return Story(app, district, place=FAR)


def queue(browser, **query):
    answer = browser.get("/reviews", **query)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def test_the_officer_reads_the_whole_report(story) -> None:
    story.photos_arrive()
    body = story.officer.get(f"/tasks/{story.task_id}").json
    assert body["addressee"]["name"] == "欧阳建国"
    report = body["visits"][0]
    assert report["answers"]["signer"]["name"] == "欧阳建国"
    assert (report["outcome_label"], report["contact"], report["narrative"]) == ("本人签收", "door", "按地址上门")
    assert 550 < report["distance_m"] < 560
    assert "place_far" in [flag["code"] for flag in report["flags"]]
    assert {photo["item"] for photo in report["evidence"]} == {
        "door", "envelope", "receipt_front", "receipt_back", "signature",
    }  # fmt: skip
    assert all(photo["arrived"] == {"original": True, "display": True} for photo in report["evidence"])
    assert report["evidence"][0]["copy_url"].endswith("/copy")
    assert report["received_at"] >= report["happened_at"]
    assert [receipt["state"] for receipt in body["receipts"]] == ["valid"]
    assert {"verify", "send_back", "approve", "record_left", "original"} == set(body["verbs"])
    assert [entry["action"] for entry in body["timeline"]][-1] == "receipt.issued"
    assert body["diligence"]["visits"] == 1
    assert body["earlier_task"] is None


def test_a_mended_report_shows_what_changed(story) -> None:
    back = story.act("send_back", reason_code="narrative_short", text="请写清楚", comments={"narrative": "写给谁了"})
    assert back.status_code == 200
    mended = story.report | {"narrative": "当面交给本人并清点"}
    entry = story.phone.push("visit.mend", {"visit_id": story.report["id"], "base_revision": 1, "visit": mended})
    assert entry["status"] == "done", entry
    body = story.officer.get(f"/tasks/{story.task_id}").json
    assert [(row["visit_id"], row["revision"]) for row in body["revisions"]] == [(story.report["id"], 2)]
    assert body["revisions"][0]["changes"] == [
        {"path": "narrative", "before": "按地址上门", "after": "当面交给本人并清点"}
    ]
    review = body["reviews"][0]
    assert (review["round"], review["decision"], review["comments"]) == (1, "sent_back", {"narrative": "写给谁了"})
    assert review["reason_label"] == "情况写得太简单，请补充"
    assert [receipt["state"] for receipt in body["receipts"]] == ["corrected", "valid"]


@pytest.mark.parametrize("staff_no", ["WZ0101", "JD01", "SJ001"])
def test_those_who_supervise_see_no_residents_name(app, story, staff_no) -> None:
    answer = Browser(app, story.district, staff_no).get(f"/tasks/{story.task_id}")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "欧阳建国" not in text
    report = answer.json["visits"][0]
    assert report["answers"]["signer"]["name"] == "欧阳*"
    assert "approve" not in answer.json["verbs"]


def test_the_district_counts_and_does_not_look(app, story) -> None:
    body = Browser(app, story.district, "QZ001").get(f"/tasks/{story.task_id}").json
    assert (body["visits"], body["visits_hidden"], body["visits_count"]) == ([], True, 1)
    assert "欧阳建国" not in str(body)


@pytest.mark.parametrize("staff_no", ["FG002", "JD02", "WZ0102", "WG010102"])
def test_who_has_nothing_to_do_with_it_learns_nothing(app, story, staff_no) -> None:
    assert Browser(app, story.district, staff_no).get(f"/tasks/{story.task_id}").status_code == 404


def test_own_work_is_not_offered_for_review(app, story) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Visit).values(worker_id=story.district.officer.id))
    assert set(story.officer.get(f"/tasks/{story.task_id}").json["verbs"]) == {"original"}


def test_the_queue_tells_what_came_and_what_was_seen(app, story) -> None:
    (row,) = queue(story.officer, mine=1)
    assert (row["id"], row["arrived"], row["round"], row["seen"]) == (story.task_id, "0/5", 1, False)
    assert row["outcome_label"] == "本人签收"
    assert "place_far" in [flag["code"] for flag in row["flags"]]
    assert row["addressee"]["name"] == "欧阳*"
    story.photos_arrive()
    assert story.officer.get(f"/tasks/{story.task_id}").status_code == 200
    (row,) = queue(story.officer)
    assert (row["arrived"], row["seen"]) == ("5/5", True)
    assert queue(story.officer, seen="false") == []
    assert len(queue(story.officer, seen="true", flagged="true")) == 1
    assert queue(story.officer, flagged="false") == []
    centre = Browser(app, story.district, "ZH001")
    assert [item["seen"] for item in queue(centre)] == [False], "another's look is not mine"
    assert queue(centre, mine=1) == []
    assert queue(Browser(app, story.district, "FG002")) == []
    assert Browser(app, story.district, "WG010101").get("/reviews").status_code == 403


def test_a_mended_report_is_unseen_again(story) -> None:
    assert story.officer.get(f"/tasks/{story.task_id}").status_code == 200
    assert story.act("send_back", reason_code="other", text="请补充").status_code == 200
    assert queue(story.officer) == []
    mended = story.report | {"narrative": "已补充"}
    story.phone.push("visit.mend", {"visit_id": story.report["id"], "base_revision": 1, "visit": mended})
    (row,) = queue(story.officer)
    assert (row["round"], row["seen"]) == (2, False)


def test_late_material_waits_in_the_queue_until_it_is_decided(app, story) -> None:
    story.photos_arrive()
    assert story.approve().status_code == 200
    assert queue(story.officer) == []
    late = story.phone.push("visit.record", {"visit": visit(story.card, "absent")})
    (row,) = queue(story.officer)
    assert (row["id"], row["late"]) == (story.task_id, 1)
    visit_id = late["result"]["visit_id"]
    assert story.act(f"visits/{visit_id}/accept", reason="").status_code == 200
    assert queue(story.officer) == []


def test_a_dossier_costs_the_same_whatever_it_holds(app, district) -> None:
    def cost(visits: int) -> int:
        with app.app_context():
            with transaction():
                task = put_task(district)
                for _ in range(visits):
                    put_visit(district, task)
                task_id = task.id
            actor = district.actor(district.officer)
            db.session.expunge_all()
            with counted() as statements:
                body = dossier(actor, db.session.get_one(Task, task_id), district.kit, clock.now())
            assert len(body["visits"]) == visits
            return len(statements)

    assert cost(1) == cost(6)
