"""The phone's queue: once for ever, whatever is repeated, raced, reordered, taken away or wrong."""

import threading
from datetime import timedelta

from sqlalchemy import func, select

from grid.core import clock
from grid.core.ids import new_id
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold
from grid.flows.unit import transaction
from grid.models import Device, KeptContent, Mutation, Receipt, Task, Visit, db
from tests.support.handset import Handset
from tests.support.tasks import make_task, visit


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_task_travels_to_the_phone_and_back(app, district) -> None:
    task_id = make_task(app, district)
    phone = Handset(app, district)
    first = phone.pull()
    assert first["reset"]
    assert phone.cards[task_id]["addressee"]["name"] == "欧阳*"
    assert phone.cards[task_id]["addressee"]["phone"] is None
    card = phone.take(task_id)
    assert card["addressee"]["name"] == "欧阳建国"
    assert card["addressee"]["phone"] == "13900001111"
    assert card["adverse"] == ["赵秀兰"]
    assert card["slip"]
    entry = phone.push("visit.record", {"visit": visit(card)})
    assert entry["status"] == "done", entry
    assert entry["result"]["state"] == "reported"
    assert len(entry["result"]["receipt"]["short_code"]) == 10
    assert len(entry["result"]["missing"]) == 5
    phone.pull()
    assert phone.cards[task_id]["receipts"][0]["short_code"] == entry["result"]["receipt"]["short_code"]
    assert phone.pull() is None


def test_five_parallel_identical_posts_give_five_successes_and_one_row(app, district) -> None:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    mutation = phone.mutation("visit.record", {"visit": visit(card)})
    answers = []

    def send() -> None:
        with app.test_client() as client:
            client.set_cookie("grid_session", phone.client.get_cookie("grid_session").value)
            body = {"device_id": phone.device_id, "protocol": 1, "mutations": [mutation]}
            answers.append(client.post("/api/sync", json=body, headers=phone.headers))

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = [answer.json["results"][0] for answer in answers]
    assert [entry["status"] for entry in entries] == ["done"] * 5
    assert len({entry["receipt_no"] for entry in entries}) == 1
    assert entries[0] == entries[4]
    assert (count(app, Visit), count(app, Receipt)) == (1, 1)


def test_same_id_with_other_content_is_a_conflict_that_keeps_both(app, district) -> None:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    mutation = phone.mutation("visit.record", {"visit": visit(card)})
    first = phone.post([mutation])
    mutation["args"]["visit"]["narrative"] = "另一种说法"
    second = phone.post([mutation])
    assert (second.status_code, second.json["results"][0]["status"]) == (409, "conflict")
    assert second.json["results"][0]["problem"]["code"] == "content_conflict"
    with app.app_context():
        kept = db.session.scalars(select(KeptContent)).one()
        text = district.kit.vault.open_sealed(kept.content_sealed, f"kept_content.content:{kept.id}")
        assert "另一种说法" in text
    mutation["args"]["visit"]["narrative"] = "按地址上门"
    assert phone.post([mutation]).json["results"] == first.json["results"]


def test_a_gap_is_told_and_the_replay_is_answered_from_the_store(app, district) -> None:
    phone = Handset(app, district)
    phone.pull()
    one, two = phone.mutation("message.read", {"ids": [new_id()]}), phone.mutation("message.read", {"ids": [new_id()]})
    gap = phone.post([two])
    assert (gap.status_code, gap.json["code"], gap.json["expected_seq"]) == (409, "sequence_gap", 1)
    both = phone.post([one, two])
    assert [entry["status"] for entry in both.json["results"]] == ["done", "done"]
    assert phone.post([two, one]).json["results"] == both.json["results"][::-1]
    assert both.json["last_seq"] == 2


def test_a_refusal_moves_on_and_says_why(app, district) -> None:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    bad = visit(card)
    bad["answers"]["signer"] = {"name": "赵秀兰", "relation": "cohabiting_adult", "adult": True, "cohabiting": True,
                                "adverse": False, "reason": "本人不在家"}  # fmt: skip
    bad["outcome"] = "signed_cohabiting_adult"
    refused = phone.push("visit.record", {"visit": bad})
    assert refused["status"] == "refused"
    assert any(path.startswith("answers.signer") for path in refused["problem"]["fields"])
    good = phone.push("visit.record", {"visit": visit(card)})
    assert good["status"] == "done"
    assert count(app, KeptContent) == 1


def test_a_mutation_nobody_knows_is_refused_not_lost(app, district) -> None:
    phone = Handset(app, district)
    entry = phone.push("visit.delete", {"id": new_id()})
    assert (entry["status"], entry["problem"]["code"]) == ("refused", "unknown_mutation")
    assert count(app, Mutation) == 1


def test_a_late_report_of_a_recalled_task_lands_as_supplementary(app, district) -> None:
    phone = Handset(app, district)
    task_id = make_task(app, district)
    card = phone.take(task_id)
    with app.app_context(), transaction():
        task = db.session.get_one(Task, task_id)
        hold.move(task, Verb.RECALL, None, clock.now(), reason="已和解")
        hold.tell(task, clock.now(), [district.worker.id])
    phone.pull()
    assert task_id not in phone.cards
    entry = phone.push("visit.record", {"visit": visit(card)})
    assert entry["status"] == "done"
    assert entry["result"]["supplementary"] is True
    with app.app_context():
        row = db.session.scalars(select(Visit)).one()
        assert (row.supplementary, row.supplementary_reason) == (True, "task_cancelled")
        assert db.session.get_one(Task, task_id).state == TaskState.CANCELLED


def test_a_stranger_can_neither_see_nor_report_my_task(app, district) -> None:
    task_id = make_task(app, district)
    mine = Handset(app, district)
    card = mine.take(task_id)
    stranger = Handset(app, district, "WG010201")
    stranger.pull()
    assert task_id not in stranger.cards
    entry = stranger.push("visit.record", {"visit": visit(card)})
    assert (entry["status"], entry["problem"]["code"]) == ("refused", "not_found")


def test_a_phone_of_another_account_is_refused(app, district) -> None:
    mine, other = Handset(app, district), Handset(app, district, "WG010201")
    mine.push("message.read", {"ids": [new_id()]})
    other.device_id = mine.device_id
    answer = other.post([other.mutation("message.read", {"ids": [new_id()]})])
    assert (answer.status_code, answer.json["code"]) == (404, "foreign_device")


def test_the_second_taker_is_told_that_another_was_first(app, district) -> None:
    with app.app_context(), transaction():
        from sqlalchemy import update

        from grid.models import Person

        unit = district.worker.unit_id
        db.session.execute(update(Person).where(Person.staff_no == "WG010102").values(unit_id=unit))
    task_id = make_task(app, district)
    one, two = Handset(app, district), Handset(app, district, "WG010102")
    one.pull(), two.pull()
    version = two.cards[task_id]["version"]
    one.take(task_id)
    entry = two.push("task.take", {"task_id": task_id, "version": version, "recusal": "none"})
    assert (entry["status"], entry["problem"]["code"]) == ("refused", "already_taken")
    two.pull()
    assert task_id not in two.cards


def test_what_a_phone_says_of_itself_is_kept_with_its_clock(app, district) -> None:
    phone = Handset(app, district)
    late = clock.iso(clock.now() - timedelta(days=1))
    facts = {"unsent": 2, "oldest_unsent_at": late, "device_time": late, "persisted": False, "free_mb": 900}
    assert phone.post([], facts=facts | {"app_version": "1", "large_type": True}).status_code == 200
    with app.app_context():
        device = db.session.get_one(Device, phone.device_id)
        assert device.facts["oldest_unsent_at"] == late
        assert -86_500_000 < (device.skew_ms or 0) < -86_300_000
    assert phone.post([], facts={"unsent": 1, "made_up": 2}).status_code == 422


def test_mutations_of_the_wrong_shape_are_refused_clearly(app, district) -> None:
    phone = Handset(app, district)
    good = phone.mutation("message.read", {"ids": [new_id()]})
    for broken in (
        good | {"seq": 0}, good | {"seq": 1.5}, good | {"seq": 10**30}, good | {"id": "x"},
        good | {"made_at": "gestern"},
        good | {"args": []}, good | {"unknown": 1}, good | {"name": "x" * 5000}, good | {"name": "a\u0000b"},
    ):  # fmt: skip
        answer = phone.post([broken])
        assert answer.status_code in (400, 422), broken
        assert answer.mimetype == "application/problem+json"
    deep: dict = {}
    for _ in range(200):
        deep = {"a": deep}
    assert phone.post([good | {"args": deep}]).status_code == 422
    assert phone.client.post("/api/sync", data=b"{", headers=phone.headers).status_code == 422
    assert phone.post([good]).json["results"][0]["status"] == "done"
