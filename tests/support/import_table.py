"""A table as an office fills it in: the template's columns under titles of its own, a bad row among good ones."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

TITLE_ROWS = 2
GOOD = {
    "案号": "（２０２６）皖０５０３执８２３４号 ", "案由": "民间借贷纠纷", "受送达人": "欧阳·古丽娜尔",
    "联系电话": 13900001111, "申请执行人": "赵秀兰", "社区": "濮塘社区", "经度": "118.4752", "纬度": "31.6751",
    "送达地址": "安徽省马鞍山市花山区濮塘镇濮塘社区柳园小区北区三期十八栋二单元一千五百零一室（门口有石榴树）",
    "地址来源": "送达地址确认书", "文书": "执行通知书１份；报告财产令1份", "办理要求": "请当面核对身份",
}  # fmt: skip


def filled(template: bytes, today: date) -> bytes:
    """Return the template with four rows: good, a bad phone number, a paper no worker may carry, good.

    The first is row 4 of the sheet: two title rows stand above the header.
    """
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet: Worksheet = book.worksheets[0]
    titles = {str(cell.value).removesuffix("*"): cell.column for cell in sheet[1] if cell.value}
    sheet.insert_rows(1, TITLE_ROWS)
    sheet["A1"] = "花山区人民法院协助送达任务一览表"
    sheet.merge_cells("A1:J1")
    sheet["A2"] = f"填表单位：执行局　　填表日期：{today:%Y.%m.%d}"
    due = datetime.combine(today + timedelta(days=12), time())
    rows: list[dict[str, Any]] = [
        GOOD | {"办理期限": due},
        GOOD | {"案号": "（2026）皖0503执8235号", "联系电话": "123"},
        GOOD | {"案号": "（2026）皖0503执8236号", "文书": "冻结裁定书1份"},
        GOOD | {"案号": "(2026)皖0503执8237号", "受送达人": "宇文长安", "办理期限": f"{due:%Y年%m月%d日}"},
    ]
    for place, row in enumerate(rows, start=TITLE_ROWS + 2):
        for title, value in row.items():
            sheet.cell(place, titles[title], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
