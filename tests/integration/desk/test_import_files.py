"""Files of every kind at the import's door: csv in old encodings, formulas, and what is no table at all."""

import io
import zipfile

import pytest

from tests.support.sheets import xlsx
from tests.support.signed_in import Browser
from tests.support.task_tables import TITLES, check, line


@pytest.fixture
def officer(app, district) -> Browser:
    return Browser(app, district, "FG001")


def test_a_gb18030_csv_is_read(officer) -> None:
    rows = [TITLES, line(31, 受送达人="㐂测试"), line(32)]
    text = "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    batch = check(officer, text.encode("gb18030"), "导出.csv")
    assert (batch["rows_good"], batch["rows_bad"]) == (2, 0), batch["problems"]


def test_formulas_are_named_and_never_taken(officer) -> None:
    def sums(sheet) -> None:
        sheet["C2"] = '=HYPERLINK("http://example.test","点我")'
        sheet["F3"] = "=1+1"

    batch = check(officer, xlsx(TITLES, line(41), line(42), line(43, 案由="=cmd|' /C calc'!A0"), change=sums))
    assert batch["rows_good"] == 0
    assert {(problem["row"], problem["column"]) for problem in batch["problems"]} >= {
        (2, "受送达人"), (3, "送达地址"), (4, "案由"),
    }  # fmt: skip
    assert all("公式" in problem["reason"] for problem in batch["problems"] if problem["row"] in (2, 3))


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(TITLES, line(1)))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for item in good.infolist():
            data = good.read(item)
            if item.filename.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b" " * 400_000_000 + b"</sheetData>")
            bad.writestr(item, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("炸弹.xlsx", bomb, (413, 415, 422)),
        ("空.xlsx", lambda: b"", (415, 422)),
        ("坏.xlsx", lambda: xlsx(TITLES, line(1))[:2000], (415, 422)),
        ("网页.xlsx", lambda: b"<html><table></table></html>", (415,)),
        ("旧.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, (415,)),
        ("无表头.xlsx", lambda: xlsx(["甲", "乙"], ["1", "2"]), (422,)),
        ("无数据.xlsx", lambda: xlsx(TITLES), (422,)),
        ("两列.xlsx", lambda: xlsx([*TITLES, "受送达人"], [*line(1), "又一个"]), (422,)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_the_next_step(officer, name, content, status) -> None:
    answer = officer.upload("/imports/tasks", name, content())
    assert answer.status_code in status, answer.json
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"]


def test_a_file_beyond_the_limit_or_none_at_all_is_refused(officer) -> None:
    huge = officer.upload("/imports/tasks", "大.csv", b"a" * 31_000_000)
    assert (huge.status_code, huge.mimetype) == (413, "application/problem+json")
    none = officer.post("/imports/tasks", {})
    assert "file" in none.json["fields"]
