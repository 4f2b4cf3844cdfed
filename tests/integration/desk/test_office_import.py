"""Importing units and people: parents within the table, accounts with passwords handed over once."""

import io

import openpyxl
from sqlalchemy import func, select

from api import work
from grid.models import Person, Unit, db
from tests.support.sheets import xlsx
from tests.support.signed_in import Browser
from tests.support.task_tables import check, commit

UNIT_TITLES = ["类型", "名称", "编码", "上级单位", "联系电话", "边界"]
PEOPLE_TITLES = ["姓名", "工号", "手机号", "岗位", "单位", "用工性质", "是否居村委会工作人员"]
SQUARE = '{"type":"Polygon","coordinates":[[[118.6,31.6],[118.61,31.6],[118.61,31.61],[118.6,31.61],[118.6,31.6]]]}'


def test_units_come_with_their_parents_and_only_once(app, district) -> None:
    admin = Browser(app, district, "XT001")
    content = xlsx(
        ["花山区新增网格"],
        UNIT_TITLES,
        ["镇街", "样例街道", "34050399", "花山区综治中心", "0555-1234567", None],
        ["社区", "样例社区", "", "样例街道", None, None],
        ["网格", "样例社区第1网格", "340503990101", "样例社区", None, SQUARE],
        ["网格", "濮塘社区第1网格", "340503010101", "濮塘社区", None, None],
        ["网格", "孤儿网格", "", "没有这个社区", None, None],
        ["社区", "错位社区", "", "花山区综治中心", None, None],
        ["网格", "坏边界", "", "濮塘社区", None, '{"type":"Point"}'],
        ["社区", "有边界的社区", "", "濮塘镇", None, SQUARE],
    )
    batch = check(admin, content, kind="units")
    assert (batch["rows_good"], batch["rows_bad"], batch["duplicates"]) == (3, 4, 1)
    reasons = {problem["row"]: problem["reason"] for problem in batch["problems"]}
    assert reasons[7] == "没有能设网格的这个上级单位"
    assert "GeoJSON" in reasons[9]
    assert reasons[10] == "只有网格可以有边界"
    assert commit(admin, batch)["created"] == 3
    with app.app_context():
        cell = db.session.scalars(select(Unit).where(Unit.code == "340503990101")).one()
        assert cell.path.count("/") == 6
        assert cell.polygon["type"] == "Polygon"
    again = check(admin, content, kind="units")
    assert (again["rows_good"], again["duplicates"]) == (0, 4)
    assert Browser(app, district, "JD01").upload("/imports/units", "单位.xlsx", content).status_code == 403


def test_people_get_passwords_that_are_handed_over_once(app, district) -> None:
    street = Browser(app, district, "JD01")
    content = xlsx(
        PEOPLE_TITLES,
        ["新员工一", "N001", "13800000001", "网格员", "濮塘社区第1网格", "专职", "是"],
        ["新员工二", "N002", "１３８０００００００２", "网格长", "濮塘社区", "兼职", ""],
        ["已有员工", "WG010101", "13800000003", "网格员", "濮塘社区第1网格", "", ""],
        ["同号员工", "N004", "13800000001", "网格员", "濮塘社区第1网格", "", ""],
        ["别处员工", "N005", "13800000005", "网格员", "霍里社区第1网格", "", ""],
        ["越权员工", "N006", "13800000006", "执行法官", "濮塘社区第1网格", "", ""],
        ["错岗员工", "N007", "13800000007", "网格员", "濮塘镇", "", ""],
        ["短", "N008", "12", "网格员", "濮塘社区第1网格", "", ""],
    )
    batch = check(street, content, kind="people")
    assert (batch["rows_good"], batch["rows_bad"], batch["duplicates"]) == (2, 4, 2)
    reasons = {(problem["row"], problem["column"]): problem["reason"] for problem in batch["problems"]}
    assert reasons[(6, "单位")] == "没有这个单位，或不在您的管理范围"
    assert "系统管理员" in reasons[(7, "岗位")]
    assert reasons[(8, "单位")] == "这个岗位不能设在所写单位"
    assert (9, "手机号") in reasons
    waiting = commit(street, batch)
    assert waiting["state"] == "committing"
    with app.app_context():
        assert work.work_off(district.kit) == 1
    done = street.get(f"/imports/{batch['id']}").json
    assert (done["state"], done["created"]) == ("done", 2)
    job = street.get(f"/jobs/{done['job_id']}").json
    with street.get(job["file_url"].removeprefix("/api")) as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = {row[2]: row[4] for row in sheet.iter_rows(min_row=4, max_row=5, values_only=True)}
    assert set(rows) == {"N001", "N002"}
    signed = app.test_client().post("/api/session", json={"identifier": "N001", "password": rows["N001"]})
    assert signed.json["must_change_password"] is True
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.staff_no == "N001")).one()
        assert (person.is_committee_staff, person.employment) == (True, "full_time")
        assert rows["N001"] not in str(vars(person))
        assert db.session.scalar(select(func.count()).select_from(Person)) == 100
    again = check(street, content, kind="people")
    assert (again["rows_good"], again["duplicates"]) == (0, 4)
    assert Browser(app, district, "JD02").get(f"/jobs/{done['job_id']}").status_code == 404
