"""Long work: claimed once, kept alive, tried again, closed; its file is the asker's alone."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from api import work
from grid.core import clock
from grid.core.errors import InvalidInput
from grid.core.errors.jobs import TooManyJobs
from grid.core.words.jobs import Approval
from grid.flows import jobs
from grid.flows.job_kinds import JobKind
from grid.flows.job_table import HANDLERS
from grid.flows.unit import transaction
from grid.models import Job, LedgerLeaf, db
from tests.support.signed_in import Browser


@pytest.fixture
def kinds(monkeypatch):
    """Let a test add job kinds that are gone afterwards."""

    def add(code, run):
        monkeypatch.setitem(HANDLERS, code, JobKind(f"测试 {code}", run))

    return add


def ask(district, kind="probe", person=None, **options):
    with transaction():
        job = jobs.enqueue(district.actor(person or district.officer), kind, {"n": 1}, clock.now(), **options)
    return job.id


def test_a_job_runs_once_and_its_file_goes_to_its_asker_alone(app, district, kinds) -> None:
    seen = []

    def run(job) -> None:
        seen.append(job.claimed.id)
        job.file("名单.csv", "text/csv").write_bytes(b"a,b\r\n")
        job.progress(1, 2)
        job.total = 2

    kinds("probe", run)
    with app.app_context():
        job_id = ask(district)
        assert work.work_off(district.kit) == 1
        assert work.work_off(district.kit) == 0
        assert seen == [job_id]
        actions = db.session.scalars(select(LedgerLeaf.action).where(LedgerLeaf.object_id == job_id)).all()
        assert sorted(actions) == ["job.asked", "job.done"]
    mine = Browser(app, district, "FG001")
    found = mine.get(f"/jobs/{job_id}").json
    assert (found["state"], found["done"], found["total"], found["label"]) == ("done", 2, 2, "测试 probe")
    with mine.get(found["file_url"].removeprefix("/api")) as answer:
        assert answer.data == b"a,b\r\n"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"
    assert [row["id"] for row in mine.get("/jobs", mine=1).json["items"]] == [job_id]
    other = Browser(app, district, "FG002")
    for path in ("", "/file"):
        assert other.get(f"/jobs/{job_id}{path}").status_code == 404
    assert other.get("/jobs").json["items"] == []


def test_a_job_of_a_dead_worker_is_claimed_again_and_the_dead_one_cannot_close_it(app, district) -> None:
    with app.app_context():
        ask(district)
        now = clock.now()
        with transaction():
            dead = jobs.claim(now)
        with transaction():
            assert jobs.claim(now + timedelta(minutes=4)) is None
        later = now + jobs.LEASE + timedelta(seconds=1)
        with transaction():
            second = jobs.claim(later)
        assert (second.id, second.attempt) == (dead.id, 2)
        with pytest.raises(jobs.LeaseLost), transaction():
            jobs.finish(dead, later)
        with transaction():
            jobs.finish(second, later, total=3)
        assert db.session.get(Job, second.id).state == "done"


def test_three_broken_attempts_fail_the_job_with_a_next_step(app, district, kinds) -> None:
    tries = []

    def run(job) -> None:
        tries.append(job.claimed.attempt)
        raise RuntimeError("broken")

    kinds("probe", run)
    with app.app_context():
        job_id = ask(district)
        for _ in range(5):
            work.work_off(district.kit)
            with transaction():
                db.session.get(Job, job_id).lease_until = None
        job = db.session.get(Job, job_id)
        assert (tries, job.state, job.problem) == ([1, 2, 3], "failed", jobs.GAVE_UP)


def test_a_refusal_is_final_and_undoes_what_the_step_wrote(app, district, kinds) -> None:
    def run(job) -> None:
        with job.step():
            db.session.get(Job, job.claimed.id).reason = "half done"
            db.session.flush()
            raise InvalidInput("筛选条件不对")

    kinds("probe", run)
    with app.app_context():
        job_id = ask(district)
        assert work.work_off(district.kit) == 1
        job = db.session.get(Job, job_id)
        assert (job.state, job.problem, job.reason) == ("failed", "筛选条件不对", "")


def test_a_job_waits_for_the_approval_it_needs(app, district) -> None:
    with app.app_context():
        job_id = ask(district, approval=Approval.WAITING)
        with transaction():
            assert jobs.claim(clock.now()) is None
        with transaction():
            db.session.get(Job, job_id).approval = Approval.APPROVED.value
        with transaction():
            assert jobs.claim(clock.now()).id == job_id


def test_workers_side_by_side_never_share_a_job(app, district) -> None:
    taken: list[str] = []
    gate = Barrier(4)

    def worker() -> None:
        with app.app_context():
            gate.wait()
            for _ in range(6):
                with transaction():
                    claimed = jobs.claim(clock.now())
                if claimed is not None:
                    taken.append(claimed.id)
            db.session.remove()

    with app.app_context():
        wanted = sorted(ask(district) for _ in range(12))
        db.session.remove()
    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == wanted


def test_a_file_is_gone_after_its_time_and_says_so(app, district, kinds) -> None:
    kinds("probe", lambda job: job.file("a.txt", "text/plain").write_bytes(b"x") and None)
    with app.app_context():
        job_id = ask(district)
        work.work_off(district.kit)
        assert list(district.kit.files.list()) == [job_id]
        with transaction():
            assert jobs.expire(district.kit.files, clock.now()) == 0
        with transaction():
            assert jobs.expire(district.kit.files, clock.now() + timedelta(days=8)) == 1
        assert list(district.kit.files.list()) == []
    mine = Browser(app, district, "FG001")
    answer = mine.get(f"/jobs/{job_id}/file")
    assert (answer.status_code, answer.json["code"]) == (410, "job_file_gone")
    assert mine.get(f"/jobs/{job_id}").json["problem"] == "文件已过期清除，请重新生成"


def test_a_file_is_not_given_before_it_is_whole(app, district) -> None:
    with app.app_context():
        job_id = ask(district)
    answer = Browser(app, district, "FG001").get(f"/jobs/{job_id}/file")
    assert (answer.status_code, answer.json["code"]) == (409, "job_not_ready")


def test_one_person_cannot_flood_the_queue(app, district) -> None:
    with app.app_context():
        for _ in range(jobs.OPEN_JOBS):
            ask(district)
        with pytest.raises(TooManyJobs):
            ask(district)
        ask(district, person=district.person("FG002"))


def test_a_closed_account_gets_no_more_files(app, district, kinds) -> None:
    kinds("probe", lambda job: job.file("a.txt", "text/plain").write_bytes(b"x") and None)
    with app.app_context():
        job_id = ask(district)
        with transaction():
            db.session.get(type(district.officer), district.officer.id).deactivated_at = clock.now()
        work.work_off(district.kit)
        assert db.session.get(Job, job_id).state == "failed"
        assert list(district.kit.files.list()) == []


def test_the_command_works_off_the_queue(app, district, kinds) -> None:
    kinds("probe", lambda job: None)
    with app.app_context():
        ask(district)
    result = app.test_cli_runner().invoke(args=["jobs", "work", "--once"])
    assert (result.exit_code, result.output.strip()) == (0, "1 jobs carried out")
