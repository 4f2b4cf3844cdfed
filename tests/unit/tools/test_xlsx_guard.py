"""Workbooks made to hurt are refused before a parser sees them."""

import io
import zipfile

import openpyxl
import pytest

from grid.core.errors.base import Problem
from grid.core.errors.tables import TableDamaged, TableTooLarge, TableUnsupported
from grid.tools.tabular import Column, read_table
from grid.tools.xlsx_guard import XlsxLimits, column_letters, column_number, inspect_xlsx

COLUMNS = [Column("a", "甲"), Column("b", "乙")]


def plain() -> bytes:
    workbook = openpyxl.Workbook()
    for row in (["甲", "乙"], ["一", "二"], ["三", "=1"]):
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes | str, *, keep: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name or keep:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def sheet(*cells: str) -> str:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + "".join(cells)
        + "</sheetData></worksheet>"
    )


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
PREFIXED = '<x:row r="9"><x:c s="1" r="ZZZ9"><x:v>1</x:v></x:c></x:row>'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (with_part(SHEET, sheet(FAR)), TableTooLarge),
        (with_part(SHEET, sheet("<row r='9'><c r='ZZZ9'><v>1</v></c></row>")), TableTooLarge),
        (with_part(SHEET, sheet(PREFIXED)), TableTooLarge),
        (with_part("xl/elsewhere.bin", sheet(FAR)), TableTooLarge),
        (with_part(SHEET, sheet("<row><c><v>1</v></c></row>")), TableUnsupported),
        (with_part(SHEET, sheet('<row r="1"><c r="A1"><v>1</v></c></row>') + " " * 30_000_000), TableTooLarge),
        (with_part("xl/media/image1.png", bytes(50_000_000)), TableTooLarge),
        (with_part(STRINGS, "<sst><si><t>" + "A" * 30_000_000 + "</t></si></sst>"), TableTooLarge),
        (with_part("xl/vbaProject.bin", b"x"), TableUnsupported),
        (with_part("xl/macrosheets/sheet1.xml", "<x/>"), TableUnsupported),
        (with_part(SHEET, '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet()), TableUnsupported),
        (with_part(SHEET, sheet(FAR).encode("utf-16")), TableUnsupported),
        (with_part("xl/workbook.xml", "<workbook"), TableDamaged),
        (with_part("xl/workbook.xml", "not xml at all"), TableDamaged),
        (with_part(SHEET, sheet("<c r='A1'>" * 10)), Problem),
        (plain()[:-100], TableDamaged),
        (plain()[:2000], TableDamaged),
        (b"PK\x03\x04" + bytes(100), TableDamaged),
    ],
)
def test_refused(content: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        read_table(content, "a.xlsx", COLUMNS)


def test_a_macro_workbook_is_refused_by_its_type_too() -> None:
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    with pytest.raises(TableUnsupported, match="宏"):
        read_table(with_part("[Content_Types].xml", types), "a.xlsx", COLUMNS)


def test_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    with pytest.raises(TableUnsupported, match="工作簿"):
        read_table(out.getvalue(), "a.xlsx", COLUMNS)


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    big = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').encode() + b" " * 5_000_000
    content = bytearray(with_part(SHEET, big))
    packed_size = content.rindex(len(big).to_bytes(4, "little"))
    content[packed_size : packed_size + 4] = (500).to_bytes(4, "little")
    with pytest.raises(TableDamaged):
        inspect_xlsx(io.BytesIO(content))


def test_one_long_text_shared_by_many_cells_is_refused() -> None:
    text = "".join(chr(0x4E00 + n % 20_000) for n in range(300_000))
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2000))
    out = io.BytesIO(with_part(STRINGS, f"<sst><si><t>{text}</t></si></sst>"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", sheet(cells))
    with pytest.raises(TableTooLarge, match="文字"):
        inspect_xlsx(out)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = with_part(SHEET, sheet(), keep=True)
    with pytest.raises(TableTooLarge):
        inspect_xlsx(io.BytesIO(content))


def test_styled_empty_cells_far_away_do_no_harm() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" s="2"><c r="XFD1048576" s="2"/></row>'
    facts = inspect_xlsx(io.BytesIO(with_part(SHEET, sheet(rows))))[SHEET]
    assert (facts.rows, facts.columns, facts.cells) == (1, 1, 1)


def test_facts_are_found_across_the_pieces_of_a_large_sheet() -> None:
    filler = "".join(f'<row r="{n}"><c r="B{n}" s="3"><v>{n}</v></c></row>' for n in range(1, 60_000))
    marks = '<row r="60000"><c r="C60000"><f>A1</f><v>1</v></c><c r="D60000" t="e"><v>#N/A</v></c></row>'
    facts = inspect_xlsx(io.BytesIO(with_part(SHEET, sheet(filler, marks, filler.replace("B", "E")))))[SHEET]
    assert facts.cells == 2 * 59_999 + 2
    assert facts.formulas == {"C60000"}
    assert facts.errors == {"D60000"}
    assert (facts.rows, facts.columns) == (60_000, 5)


def test_limits_are_arguments() -> None:
    for limits in (XlsxLimits(max_rows=2), XlsxLimits(max_columns=1), XlsxLimits(max_cells=3), XlsxLimits(max_area=5),
                   XlsxLimits(max_entries=2), XlsxLimits(max_unpacked_bytes=100)):  # fmt: skip
        with pytest.raises(TableTooLarge):
            inspect_xlsx(io.BytesIO(plain()), limits)
    assert inspect_xlsx(io.BytesIO(plain()))[SHEET].formulas == {"B3"}


def test_no_flipped_byte_brings_the_reader_down() -> None:
    content = plain()
    refused = 0
    for position in range(0, len(content), 7):
        changed = bytearray(content)
        changed[position] ^= 0x55
        try:
            read_table(bytes(changed), "a.xlsx", COLUMNS)
        except Problem:
            refused += 1
    assert refused > 100


def test_column_names() -> None:
    assert [column_number(name) for name in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
