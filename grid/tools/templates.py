"""Make the xlsx that offices fill in: a header, drop-down lists, text format for ids, and a sheet that explains."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from grid.tools.cellvalues import CellKind, Column
from grid.tools.spreadsheet import display_width, safe_text

DATA_SHEET = "填写"
GUIDE_SHEET = "填写说明"
_CHOICE_SHEET = "选项"
_ROWS = 5_000
_HOW = {
    CellKind.TEXT: "文字",
    CellKind.CODE: "按原样填写，单元格已设为文本格式",
    CellKind.COUNT: "整数",
    CellKind.MONEY: "金额，单位元，最多两位小数",
    CellKind.DATE: "日期，例如 2026-12-06",
    CellKind.YESNO: "是 或 否",
    CellKind.CHOICE: "从下拉列表中选择",
}


def make_template(columns: Sequence[Column], sample_rows: Sequence[Mapping[str, Any]], notes: Sequence[str]) -> bytes:
    """Return a workbook `read_table` reads with the same columns.

    Samples stand in 填写说明 only, so nobody imports them; at most three are shown.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        header = book.add_format({**base, "bold": True, "border": 1, "bg_color": "#E8F0FA", "align": "center"})
        needed = book.add_format({**base, "bold": True, "border": 1, "bg_color": "#FFF3DC", "align": "center"})
        text = book.add_format({**base, "num_format": "@"})
        shapes = {
            CellKind.COUNT: book.add_format({**base, "num_format": "0"}),
            CellKind.MONEY: book.add_format({**base, "num_format": "#,##0.00"}),
            CellKind.DATE: book.add_format({**base, "num_format": "yyyy-mm-dd"}),
        }
        wrapped = book.add_format({**base, "text_wrap": True, "border": 1, "num_format": "@"})
        sheet = book.add_worksheet(DATA_SHEET)
        guide = book.add_worksheet(GUIDE_SHEET)
        choices = book.add_worksheet(_CHOICE_SHEET)
        choices.hide()
        for place, column in enumerate(columns):
            title = column.title + ("*" if column.required else "")
            sheet.write_string(0, place, title, needed if column.required else header)
            sheet.set_column(place, place, max(12, display_width(title) + 4), shapes.get(column.kind, text))
            _validate(sheet, choices, place, column)
        sheet.freeze_panes(1, 0)
        _explain(guide, columns, sample_rows[:3], notes, header, wrapped)
    return out.getvalue()


def _validate(sheet: Worksheet, choices: Worksheet, place: int, column: Column) -> None:
    rule: dict[str, Any] = {"ignore_blank": True, "error_title": "填写不对", "error_message": _HOW[column.kind]}
    if column.kind is CellKind.CHOICE:
        # The list lies on its own sheet: inline lists end at 255 characters.
        words = list(column.choices)
        choices.write_column(0, place, words)
        letters = xlsxwriter.utility.xl_col_to_name(place)
        rule |= {"validate": "list", "source": f"={_CHOICE_SHEET}!${letters}$1:${letters}${len(words)}"}
    elif column.kind is CellKind.YESNO:
        rule |= {"validate": "list", "source": ["是", "否"]}
    elif column.kind is CellKind.COUNT:
        rule |= {"validate": "integer", "criteria": ">=", "value": 0}
    elif column.kind is CellKind.MONEY:
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
    else:
        return  # text needs no rule, and dates come in more spellings than a rule allows
    sheet.data_validation(1, place, _ROWS, place, rule)


def _explain(
    guide: Worksheet,
    columns: Sequence[Column],
    samples: Sequence[Mapping[str, Any]],
    notes: Sequence[str],
    header: Any,
    wrapped: Any,
) -> None:
    titles = ["列名", "必填", "怎么填", *(f"示例{number}" for number in range(1, len(samples) + 1))]
    for place, title in enumerate(titles):
        guide.write_string(0, place, title, header)
        guide.set_column(place, place, (18, 8, 44, 26, 26, 26)[place])
    line = 0
    for line, column in enumerate(columns, 1):
        how = "；".join(part for part in (column.note, _HOW[column.kind] if not column.note else "") if part)
        if column.choices:
            how += "：" + "、".join(column.choices)
        cells = [column.title, "必填" if column.required else "", how]
        cells += [str(sample.get(column.key, "")) for sample in samples]
        for place, text in enumerate(cells):
            guide.write_string(line, place, safe_text(text), wrapped)
    for number, note in enumerate(notes, 1):
        guide.merge_range(line + 1 + number, 0, line + 1 + number, 2, f"{number}. {note}", wrapped)
    guide.freeze_panes(1, 0)
