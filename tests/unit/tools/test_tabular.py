"""What real offices send is read; what cannot be read is refused cell by cell or as a whole, with the next step."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from grid.core.errors.tables import ColumnTwice, HeaderNotFound, TableTooLarge, TableUnsupported
from grid.tools.csvfile import CsvExport
from grid.tools.spreadsheet import Report, ReportColumn, ValueKind, write_xlsx
from grid.tools.tabular import CellKind, CellProblem, Column, Table, read_table
from grid.tools.templates import DATA_SHEET, make_template

COLUMNS = [
    Column("case_no", "案号", ("执行案号", "案件编号"), CellKind.CODE, required=True),
    Column("name", "受送达人", ("姓名", "受送达人姓名"), required=True),
    Column("phone", "联系电话", ("手机号", "受送达人电话"), CellKind.CODE),
    Column("amount", "标的额", ("金额",), CellKind.MONEY),
    Column("copies", "份数", kind=CellKind.COUNT),
    Column("filed_on", "立案日期", kind=CellKind.DATE),
    Column("urgent", "是否加急", kind=CellKind.YESNO),
    Column("method", "送达方式", kind=CellKind.CHOICE, choices={"直接送达": "direct", "留置送达": "left"}),
]
TITLES = [column.title for column in COLUMNS]
LINE = ["（2026）皖0503执12号", "欧阳·古丽娜尔", "13855512345", 12345.5, 2, date(2026, 12, 6), "是", "直接送达"]
CELLS = {
    "case_no": "(2026)皖0503执12号",
    "name": "欧阳·古丽娜尔",
    "phone": "13855512345",
    "amount": 1234550,
    "copies": 2,
    "filed_on": date(2026, 12, 6),
    "urgent": True,
    "method": "direct",
}


def book(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    if change:
        change(workbook.active)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(content: bytes, name: str = "任务.xlsx", **more: Any) -> Table:
    return read_table(content, name, COLUMNS, **more)


def test_a_plain_table_is_read() -> None:
    table = read(book(TITLES, LINE))
    assert [dict(row.cells) for row in table.rows] == [CELLS]
    assert table.rows[0].number == 2
    assert table.problems == []


def test_titles_above_notes_below_blank_rows_and_other_columns() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:I1")
        sheet.merge_cells("A8:I8")

    content = book(
        ["花山区人民法院协助送达任务表"],
        ["填报单位：执行局", None, "填报时间：2026年12月6日"],
        [],
        ["序号", *TITLES],
        [1, *LINE],
        [],
        [2, *LINE],
        ["注：案号须填写完整，不得简写"],
        change=change,
    )
    table = read(content)
    assert [row.number for row in table.rows] == [5, 7]
    assert [dict(row.cells) for row in table.rows] == [CELLS, CELLS]
    assert table.problems == []
    assert table.ignored_titles == ("序号",)


def test_a_note_across_the_table_is_no_row() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A3:H3")
        sheet.merge_cells("B4:D4")

    table = read(book(TITLES, LINE, ["填表人：李某", "", ""], LINE, change=change))
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize(
    "titles",
    [
        ["案 号*", "姓名（必填）", "手机号"],
        ["执行案号：", "受送达人\n姓名", "手机号【11位】"],
        ["★案号", "受送达人　", "联系\u200b电话"],
    ],
)
def test_titles_are_known_however_they_are_dressed(titles: list[str]) -> None:
    table = read(book(titles, ["（2026）皖0503执1号", "王某", "13855512345"]))
    assert table.rows[0].cells["name"] == "王某"
    assert table.rows[0].cells["phone"] == "13855512345"


def test_a_header_of_two_lines_is_joined() -> None:
    def change(sheet: Any) -> None:
        for area in ("A1:A2", "B1:C1"):
            sheet.merge_cells(area)

    table = read(book(["案号", "受送达人", None], [None, "姓名", "电话"], LINE[:3], change=change))
    assert (table.rows[0].number, table.rows[0].cells["name"]) == (3, "欧阳·古丽娜尔")
    assert table.rows[0].cells["phone"] == "13855512345"


def test_cells_merged_downwards_are_filled() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A2:A4")

    rows = [["（2026）皖0503执1号", "甲某"], [None, "乙某"], [None, "丙某"], ["（2026）皖0503执2号", "丁某"]]
    table = read(book(TITLES, *rows, change=change))
    assert [row.cells["case_no"][-2] for row in table.rows] == ["1", "1", "1", "2"]
    assert table.problems == []


def test_the_sheet_may_start_anywhere_and_be_the_second() -> None:
    def change(sheet: Any) -> None:
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)
        sheet.parent.create_sheet("封面", 0).append(["说明"])
        hidden = sheet.parent.create_sheet("旧表", 0)
        hidden.append(TITLES)
        hidden.append(["旧", "旧"])
        hidden.sheet_state = "hidden"

    table = read(book(TITLES, LINE, ["", "无案号"], change=change))
    assert dict(table.rows[0].cells) == CELLS
    assert table.problems == [CellProblem(6, "案号", "必须填写")]


def test_formulas_and_error_cells_are_named_by_row_and_column() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = "=1+1"
        sheet["D3"] = "#N/A"
        sheet["J3"] = "=1+1"
        sheet.insert_cols(1, 2)

    table = read(book(TITLES, LINE, LINE, LINE, change=change))
    assert [(p.row, p.column_title, p.reason[:6]) for p in table.problems] == [
        (2, "受送达人", "这一格是公式"),
        (3, "标的额", "这一格显示为"),
    ]
    assert table.rows[0].cells["name"] is None
    assert dict(table.rows[2].cells) == CELLS


def test_a_text_that_is_a_formula() -> None:
    content = '编号,内容\n1,=1+1\n2,"=""00123"""\n3,@SUM(1)\n'
    table = read_table(content.encode(), "a.csv", [Column("id", "编号"), Column("x", "内容")])
    assert table.problems == [CellProblem(2, "内容", "这一格是公式，请改为填写结果")]
    assert [row.cells["x"] for row in table.rows] == [None, "00123", "@SUM(1)"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_of_every_kind(encoding: str, mark: str) -> None:
    lines = [
        "某某表，共一件",
        mark.join(TITLES),
        "",
        mark.join(
            [
                "（2026）皖0503执12号",
                "欧阳·古丽娜尔",
                '"13855512345\n"',
                "12345.50",
                "2",
                "2026年12月6日",
                "是",
                "直接送达",
            ]
        ),
    ]
    table = read("\r\n".join(lines).encode(encoding), "任务.CSV")
    assert [dict(row.cells) for row in table.rows] == [CELLS]
    assert table.rows[0].number == 4


def test_our_own_exports_come_back() -> None:
    report = Report(
        "台账",
        (
            ReportColumn("case_no", "案号", ValueKind.CODE),
            ReportColumn("name", "受送达人"),
            ReportColumn("amount", "标的额", ValueKind.MONEY),
        ),
        notes=("说明",),
        period="11月",
    )
    rows = [{"case_no": "（2026）皖0503执1号", "name": f"王{n}", "amount": 1234 + n} for n in range(3)]
    out = io.BytesIO()
    write_xlsx(out, report, rows)
    for content, name in ((out.getvalue(), "a.xlsx"), (b"".join(CsvExport(report, rows, "gb18030")), "a.csv")):
        table = read(content, name)
        assert [row.cells["amount"] for row in table.rows] == [1234, 1235, 1236]
        assert table.problems == []


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "密码"),
        (b"<html><table>", "a.xls", "网页"),
        (b"", "a.csv", "空的"),
        (b"   \n", "a.csv", "空的"),
        (b"%PDF-1.7", "a.pdf", ""),
        (b"a,b\0\n", "a.csv", ""),
        (b"\xff" * 20, "a.csv", "编码"),
    ],
)
def test_other_files_are_refused_with_the_next_step(content: bytes, name: str, says: str) -> None:
    with pytest.raises(TableUnsupported) as caught:
        read(content, name)
    assert says in (caught.value.detail or caught.value.title)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(HeaderNotFound) as caught:
        read(book(["案号", "电话", "标的额"], ["x", "y", 1]))
    assert caught.value.facts == {"missing": ["受送达人"], "found": ["案号", "标的额"]}
    for content in (book(["甲", "乙"]), book([]), book(["案号"], ["x"])):
        with pytest.raises(HeaderNotFound):
            read(content)


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(ColumnTwice, match="姓名"):
        read(book(["案号", "受送达人", "姓名"], ["x", "y", "z"]))


def test_too_many_rows_are_refused() -> None:
    lines = [["（2026）皖0503执1号", "王某"]] * 41
    for content, name in (
        (book(TITLES, *lines), "a.xlsx"),
        ("\n".join(",".join(line) for line in [TITLES[:2], *lines]).encode(), "a.csv"),
    ):
        assert len(read(content, name, max_rows=41).rows) == 41
        for limit in (5, 40):
            with pytest.raises(TableTooLarge):
                read(content, name, max_rows=limit)


def test_a_file_may_be_a_path(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(book(TITLES, LINE))
    assert len(read_table(path, "a.xlsx", COLUMNS).rows) == 1


def test_the_template_is_read_back_and_has_lists_and_text_ids() -> None:
    content = make_template(COLUMNS, [{"case_no": "（2026）皖0503执1号", "name": "张某"}], ["一行一人"])
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == ["填写", "填写说明", "选项"]
    assert workbook["选项"].sheet_state == "hidden"
    sheet = workbook[DATA_SHEET]
    assert [cell.value for cell in sheet[1]][:3] == ["案号*", "受送达人*", "联系电话"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["H2:H5001"].formula1 == "选项!$H$1:$H$2"
    assert rules["G2:G5001"].formula1 == '"是,否"'
    assert [cell.value for cell in workbook["选项"]["H"]] == ["直接送达", "留置送达"]
    guide = [[cell.value for cell in row] for row in workbook["填写说明"].iter_rows()]
    assert guide[1][:2] == ["案号", "必填"]
    assert guide[1][3] == "（2026）皖0503执1号"
    assert guide[-1][0] == "1. 一行一人"
    assert read(content).rows == []
    for place, value in enumerate(LINE, 1):
        sheet.cell(2, place, value)
    assert sheet.column_dimensions["C"].width > 8
    out = io.BytesIO()
    workbook.save(out)
    assert [dict(row.cells) for row in read(out.getvalue()).rows] == [CELLS]
