"""The monthly 考核表: every count by hand, rates hidden when few, and everything re-adds, on screen and in files."""

import pytest

from grid.core.words.roles import Role
from tests.integration.test_delivery_register import fetch
from tests.support.files import read_csv, read_xlsx
from tests.support.one_month import MONTH, put_month
from tests.support.signed_in import Browser


@pytest.fixture
def month(app, district):
    """Give October, as tests/support/one_month.py fills it."""
    put_month(app, district)
    return district


def table(browser, **query):
    answer = browser.get("/registers/monthly", month=MONTH, size=200, **query)
    assert answer.status_code == 200, answer.json
    return answer.json


def line_of(body, **words):
    (found,) = [row for row in body["items"] if all(row[key] == value for key, value in words.items())]
    return found


def test_every_figure_is_the_one_counted_by_hand(app, month) -> None:
    body = table(Browser(app, month, "ZH001"))
    mine = line_of(body, staff_no="WG010101")
    assert {key: mine[key] for key in ("assigned", "taken", "reported", "sent_back", "closed")} == {
        "assigned": 8, "taken": 8, "reported": 8, "sent_back": 1, "closed": 8,
    }  # fmt: skip
    assert (mine["served_confirmed"], mine["not_served"], mine["late_open"], mine["visits"]) == (7, 1, 0, 0)
    rates = {key: (mine[key]["n"], mine[key]["d"], mine[key]["rate"]) for key in mine if isinstance(mine[key], dict)}
    assert rates == {
        "take_in_time": (7, 8, 0.875),
        "first_visit_in_time": (7, 8, 0.875),
        "report": (8, 8, 1.0),
        "in_time": (7, 8, 0.875),
        "first_pass": (7, 8, 0.875),
        "accuracy": (8, 8, 1.0),
        "served": (7, 8, 0.875),
    }
    theirs = line_of(body, staff_no="WG020101")
    assert (theirs["visits"], theirs["returned"], theirs["cancelled"], theirs["late_open"]) == (2, 2, 1, 2)
    assert theirs["assisted"] == 1
    assert theirs["accuracy"] == {"n": 0, "d": 1, "rate": None}, "few cases: numbers yes, rate no"
    assert theirs["report"] == {"n": 1, "d": 3, "rate": None}, "recalled and suspended tasks do not count"
    assert theirs["served"] == {"n": 0, "d": 1, "rate": None}
    untaken = line_of(body, name="（未接单）")
    assert (untaken["street"], untaken["assigned"], untaken["take_in_time"]["d"]) == ("濮塘镇", 1, 1)


def test_workers_add_up_to_units_and_to_the_totals(app, month) -> None:
    centre = Browser(app, month, "ZH001")
    workers, units = table(centre), table(centre, by="unit")
    counts = [column["key"] for column in workers["columns"] if column["kind"] == "count"]
    rates = [column["key"] for column in workers["columns"] if column["kind"] == "rate"]
    assert len(counts) >= 10
    for body in (workers, units):
        for key in counts:
            assert sum(row[key] for row in body["items"]) == body["totals"][key], key
        for key in rates:
            for part in ("n", "d"):
                assert sum(row[key][part] for row in body["items"]) == body["totals"][key][part], (key, part)
    assert workers["totals"] == units["totals"]
    for street in {row["street"] for row in workers["items"]}:
        unit = line_of(units, street=street)
        for key in counts:
            assert sum(row[key] for row in workers["items"] if row["street"] == street) == unit[key]


@pytest.mark.parametrize("by", ["worker", "unit"])
@pytest.mark.parametrize(("form", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_the_file_carries_the_numbers_of_the_screen(app, month, by, form, read) -> None:
    centre = Browser(app, month, "ZH001")
    body = table(centre, by=by)
    sheet = read(fetch(centre, app, month, register="monthly", format=form, filters={"month": MONTH, "by": by}))
    assert len(sheet.rows) == body["total"]
    for column in body["columns"]:
        if column["kind"] == "rate":
            for part, title in (("n", "分子"), ("d", "分母")):
                found = [int(str(value)) for value in sheet.column(f"{column['label']}·{title}")]
                assert found == [row[column["key"]][part] for row in body["items"]]
            shown = sheet.column(column["label"])
            for cell, row in zip(shown, body["items"], strict=True):
                rate = row[column["key"]]["rate"]
                as_number = float(str(cell).rstrip("%")) / (100 if form == "csv" else 1) if cell != "—" else None
                assert as_number == (None if rate is None else pytest.approx(rate, abs=0.0006))
        elif column["kind"] == "count":
            assert [int(str(v)) for v in sheet.column(column["label"])] == [r[column["key"]] for r in body["items"]]
        else:
            assert [v or "" for v in sheet.column(column["label"])] == [r[column["key"]] for r in body["items"]]
    assert any("首次反馈" in note for note in sheet.after)
    if form == "xlsx":
        assert "2026年10月1日至2026年10月31日" in sheet.before[1]
        assert "镇街综治中心：" in sheet.after[-1]


def test_sorting_and_pages(app, month) -> None:
    centre = Browser(app, month, "ZH001")
    first = centre.get("/registers/monthly", month=MONTH, sort="-closed", size=1).json
    assert (first["items"][0]["staff_no"], first["total"]) == ("WG010101", table(centre)["total"])
    by_rate = table(centre, sort="-take_in_time")["items"]
    assert by_rate[0]["staff_no"] == "WG010101", "a line with a rate comes before the many without"
    assert table(centre, street=month.paths[month.person("JD02").unit_id].split("/")[-2])["totals"]["closed"] == 1


@pytest.mark.parametrize(
    ("staff_no", "closed"),
    [("ZH001", 9), ("KH001", 9), ("SJ001", 9), ("QZ001", 9), ("JD01", 8), ("JD02", 1), ("JD03", 0), ("WZ0101", 8),
     ("WG010101", 8), ("WG010102", 0), ("FG001", 9), ("FG002", 0)],
)  # fmt: skip
def test_each_sees_their_own_part(app, month, staff_no, closed) -> None:
    body = table(Browser(app, month, staff_no))
    assert body["totals"]["closed"] == closed
    if month.person(staff_no).role == Role.GRID_WORKER:
        assert {row["staff_no"] for row in body["items"]} <= {staff_no, ""}


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-10", "2026-10-01", ""])
def test_a_month_that_is_none_is_refused(app, district, text) -> None:
    centre = Browser(app, district, "ZH001")
    assert centre.get("/registers/monthly", month=text).status_code == 422
    ask = {"register": "monthly", "format": "csv", "filters": {"month": text}}
    assert centre.post("/exports", ask).status_code == 422


def test_statistics_may_leave_with_the_centres(app, month) -> None:
    ask = {"register": "monthly", "format": "xlsx", "filters": {"month": MONTH}}
    for staff_no, status in (("QZ001", 201), ("JD01", 201), ("KH001", 201), ("WZ0101", 403), ("WG010101", 403)):
        assert Browser(app, month, staff_no).post("/exports", ask).status_code == status
    full = Browser(app, month, "GL001").post("/exports", ask | {"full": True, "reason": "年度考核"})
    assert (full.status_code, full.json["code"]) == (422, "no_personal_here")
