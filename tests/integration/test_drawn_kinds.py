"""Every kind drawn from its questions: dispatched, done by a phone, concluded; nothing of it is readable at rest."""

import copy
from typing import Any

import pytest
from sqlalchemy import select

from grid.core import clock
from grid.core.ids import new_id
from grid.kinds import KINDS
from grid.kinds.base import Kind, Sample
from grid.models import LedgerLeaf, Packet, Receipt, Review, Task, Visit, db
from tests.support.handset import Handset
from tests.support.one_case import OneCase
from tests.support.signed_in import Browser

DRAWN = [kind for kind in KINDS if kind.court is not None]
EACH = pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.code)


def case_of(officer: Browser) -> dict[str, str]:
    one = OneCase()
    assert officer.post("/cases", one.case()).status_code == 201
    return {"case_id": one.case_id, "addressee_id": one.debtor_id, "address_id": one.address_id}


def dispatch(officer: Browser, case: dict[str, str], kind: Kind, **changes: Any) -> Any:
    body = {"id": new_id(), "kind": kind.code, **case, "brief": kind.samples[0].brief} | changes
    return officer.post("/tasks", body)


def report(card: dict[str, Any], sample: Sample, **changes: Any) -> dict[str, Any]:
    now = clock.iso(clock.now())
    visit = copy.deepcopy(dict(sample.visit)) | {
        "id": new_id(), "task_id": card["id"], "started_at": now, "ended_at": now, "made_at": now,
    }  # fmt: skip
    visit["evidence"] = [photo | {"id": new_id(), "made_at": now} for photo in visit["evidence"]]
    return visit | changes


def good_and_bad(kind: Kind) -> tuple[Sample, Sample]:
    good = next(sample for sample in kind.samples if not sample.refused_fields)
    return good, next(sample for sample in kind.samples if sample.refused_fields)


@EACH
def test_from_dispatch_to_the_court_s_result(app, district, kind) -> None:
    good, bad = good_and_bad(kind)
    officer = Browser(app, district, "FG001")
    case = case_of(officer)
    made = dispatch(officer, case, kind)
    assert made.status_code == 201, made.json
    task_id = made.json["id"]
    phone = Handset(app, district)
    phone.pull()
    assert phone.cards[task_id]["brief"] == {}, "masked until taken"
    card = phone.take(task_id)
    assert card["kind"] == kind.code
    assert set(card["brief"]) == set(kind.samples[0].brief)
    assert (card["documents"], card["packet"]) == ([], None)

    refused = phone.push("visit.record", {"kind": kind.code, "visit": report(card, bad)})
    assert refused["status"] == "refused"
    assert set(refused["problem"]["fields"]) == bad.refused_fields
    visit = report(card, good)
    done = phone.push("visit.record", {"kind": kind.code, "visit": visit})
    assert done["status"] == "done", done
    assert done["result"]["receipt"] is None
    assert done["result"]["state"] == "reported"

    opened = officer.get(f"/tasks/{task_id}").json
    assert opened["visits"][0]["answers"].keys() == visit["answers"].keys()
    assert opened["brief"].keys() == kind.samples[0].brief.keys()
    result = next(row for row in kind.court.results.values() if visit["outcome"] in row.outcomes or not row.outcomes)
    body = {"version": opened["version"], "kind": kind.code, "result": result.code, "answers": {}}
    if result.required:
        missing = officer.post(f"/tasks/{task_id}/conclude", body)
        assert missing.status_code == 422
        assert set(missing.json["fields"]) == {f"answers.{ask}" for ask in result.required}
    body["answers"] = {ask: value_for(kind, ask) for ask in result.asks}
    closed = officer.post(f"/tasks/{task_id}/conclude", body)
    assert (closed.status_code, closed.json["state"], closed.json["verdict"]) == (200, "closed", result.code)
    assert officer.get(f"/tasks/{task_id}").json["verdict_label"] == result.label
    assert officer.get(f"/tasks/{task_id}/service-receipt.pdf").status_code == 404
    assert officer.post("/prints", {"task_ids": [task_id]}).status_code == 422
    archived = officer.post(f"/tasks/{task_id}/archive", {"version": closed.json["version"]})
    assert archived.json["state"] == "archived", archived.json
    phone.pull()
    assert phone.cards[task_id]["result"]["verdict_label"] == result.label
    with app.app_context():
        assert db.session.scalars(select(Packet)).all() == db.session.scalars(select(Receipt)).all() == []
        stored = repr([dict(row._mapping) for table in (Task, Visit, Review)
                       for row in db.session.execute(select(table.__table__))])  # fmt: skip
        words = [value for value in good.visit["answers"].values() if isinstance(value, str) and len(value) > 3]
        assert not [word for word in words if word in stored and "T" not in word and word not in codes(kind)]
        assert {"task.created", "task.reported", "task.approved"} <= set(db.session.scalars(select(LedgerLeaf.action)))


def codes(kind: Kind) -> set[str]:
    questions = kind.descriptor()["questions"].values()
    return {option["code"] for question in questions for option in question.get("options", [])}


def value_for(kind: Kind, ask: str) -> Any:
    question = kind.court.questions[ask]
    return {
        "date": clock.local_date(clock.now()).isoformat(), "money": 123_456, "count": 2, "yes_no": True, "many": [],
        "choice": next(iter(question.options), ""), "instant": clock.iso(clock.now()),
    }.get(question.widget.value, "核实无误")  # fmt: skip


@EACH
def test_a_report_on_another_kind_s_form_is_kept_on_the_phone(app, district, kind) -> None:
    officer = Browser(app, district, "FG001")
    case = case_of(officer)
    task_id = dispatch(officer, case, kind).json["id"]
    phone = Handset(app, district)
    card = phone.take(task_id)
    delivery = next(other for other in KINDS if other.papers)
    answer = phone.push("visit.record", {"visit": report(card, delivery.samples[4])})
    assert (answer["status"], answer["problem"]["code"]) == ("refused", "other_kind")
    unknown = phone.push("visit.record", {"kind": "haircut", "visit": report(card, kind.samples[0])})
    assert unknown["status"] == "refused"
    unserved = phone.push("task.report", {"task_id": task_id, "conclusion": "unserved", "narrative": "没找到"})
    assert (unserved["status"], unserved["problem"]["code"]) == ("refused", "other_kind")


@EACH
def test_a_brief_is_strict_and_papers_are_refused(app, district, kind) -> None:
    officer = Browser(app, district, "FG001")
    case = case_of(officer)
    brief = kind.samples[0].brief
    papers = dispatch(officer, case, kind, documents=[{"id": new_id(), "type": "exec_notice"}])
    assert (papers.status_code, list(papers.json["fields"])) == (422, ["documents"])
    assert dispatch(officer, case, kind, mode="guide").status_code == 422
    extra = dispatch(officer, case, kind, brief=brief | {"surprise": 1})
    assert list(extra.json["fields"]) == ["brief.surprise"]
    for ask in kind.brief_required:
        without = dispatch(officer, case, kind, brief={key: value for key, value in brief.items() if key != ask})
        assert list(without.json["fields"]) == [f"brief.{ask}"]


@EACH
def test_a_delivery_is_not_concluded_and_a_drawn_kind_not_approved(app, district, kind) -> None:
    good, _ = good_and_bad(kind)
    officer = Browser(app, district, "FG001")
    case = case_of(officer)
    task_id = dispatch(officer, case, kind).json["id"]
    phone = Handset(app, district)
    card = phone.take(task_id)
    phone.push("visit.record", {"kind": kind.code, "visit": report(card, good)})
    opened = officer.get(f"/tasks/{task_id}").json
    version = opened["version"]
    assert opened["no"].startswith(kind.mark)
    answer = officer.post(f"/tasks/{task_id}/approve", {"version": version})
    assert (answer.status_code, answer.json["code"]) == (409, "other_kind")
    wrong = officer.post(f"/tasks/{task_id}/conclude", {"version": version, "kind": kind.code, "result": "won"})
    assert (wrong.status_code, list(wrong.json["fields"])) == (422, ["result"])
