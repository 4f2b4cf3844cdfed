"""What a phone gets of a report that was sent back."""

from datetime import timedelta

from grid.core import clock
from grid.core.ids import new_id
from grid.core.words.tasks import TaskState
from grid.flows.unit import transaction
from grid.models import Review, db
from grid.reads.sent_back import sent_back_notes
from tests.support.counting import counted
from tests.support.reported import put_task, put_visit


def put_review(district, task, visit, text, minutes=0):
    db.session.add(
        Review(
            id=new_id(),
            task_id=task.id,
            visit_id=visit.id,
            revision=1,
            officer_id=district.officer.id,
            decision="sent_back",
            round=1,
            reason_code="date_wrong",
            text=text,
            comments={"answers.receipt_date": "请按回证填写"},
            at=clock.now() + timedelta(minutes=minutes),
        )
    )


def test_the_newest_send_back_comes_with_answers_and_photos(app, district) -> None:
    with app.app_context(), transaction():
        task = put_task(district, state=TaskState.WORKING, rounds=2)
        visit = put_visit(district, task)
        put_review(district, task, visit, "later", 5)
        put_review(district, task, visit, "earlier")
        other = put_task(district, state=TaskState.WORKING)
        db.session.flush()
        notes = sent_back_notes([task, other], district.kit)
        assert set(notes) == {task.id}
        note = notes[task.id]
        assert (note["text"], note["reason_label"], note["visit_id"]) == ("later", "签收日期不对，请核对", visit.id)
        assert note["comments"] == {"answers.receipt_date": "请按回证填写"}
        assert note["answers"]["signer"]["name"] == "王某测"
        assert [item["item"] for item in note["evidence"]] == ["receipt_front", "door"]
        assert note["evidence"][0]["display_sha256"] == f"{501:064x}"


def test_another_workers_report_is_not_handed_to_the_one_who_took_over(app, district) -> None:
    with app.app_context(), transaction():
        task = put_task(district, state=TaskState.WORKING, rounds=1)
        visit = put_visit(district, task)
        put_review(district, task, visit, "x")
        task.worker_id = district.person("WG010102").id
        db.session.flush()
        assert sent_back_notes([task], district.kit) == {}


def test_any_number_of_tasks_costs_two_queries(app, district) -> None:
    with app.app_context(), transaction():
        tasks = [put_task(district, state=TaskState.WORKING, rounds=1) for _ in range(5)]
        for task in tasks:
            put_review(district, task, put_visit(district, task), "x")
        db.session.flush()
        with counted() as statements:
            assert len(sent_back_notes(tasks, district.kit)) == 5
        assert len(statements) == 2
