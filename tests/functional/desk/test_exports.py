"""台账 and 考核: the same numbers on the screen and in the file; full data only with another person's word."""

import csv
import io

from openpyxl import load_workbook
from playwright.sync_api import Browser

from tests.support.clerk import Clerk


def export(clerk: Clerk, words: str, suffix: str) -> bytes:
    """Ask for a file through the dialog and fetch it from the tray."""
    clerk.page.get_by_role("button", name="导出", exact=True).first.click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_text(words).click()
    dialog.get_by_role("button", name="导出", exact=True).click()
    dialog.wait_for(state="hidden")
    link = clerk.page.locator(".tray a").first
    link.wait_for(timeout=60_000)
    with clerk.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(suffix)
    path = clerk.folder / download.value.suggested_filename
    download.value.save_as(path)
    clerk.page.get_by_role("button", name="收起").first.click()
    return path.read_bytes()


def test_the_month_reads_the_same_on_screen_and_in_both_files(clerk: Clerk) -> None:
    clerk.sign_in("command_centre")
    clerk.open("/registers/monthly?by=unit")
    table = clerk.page.locator("tbody tr")
    titles = [title.strip() for title in clerk.page.locator("thead th").all_inner_texts()]
    shown = [
        dict(zip(titles, table.nth(row).locator("td").all_inner_texts(), strict=True)) for row in range(table.count())
    ]
    assert len(shown) > 5
    assert clerk.page.get_by_text("口径说明").is_visible()

    workbook = load_workbook(io.BytesIO(export(clerk, "Excel 表格", ".xlsx")))
    grid = [[cell.value for cell in row] for row in workbook.worksheets[0].iter_rows()]
    text = export(clerk, "GB18030", ".csv").decode("gb18030")
    for lines in (grid, list(csv.reader(io.StringIO(text)))):
        at = next(n for n, line in enumerate(lines) if titles[0] in line and "分派任务" in line)
        places = {str(title): place for place, title in enumerate(lines[at]) if title}
        for row in shown:
            line = next(line for line in lines[at + 1 :] if line[places[titles[0]]] == row[titles[0]])
            counts = {title: cell for title, cell in row.items() if cell.isdigit()}
            assert {title: str(line[places[title]]) for title in counts} == counts


def test_full_personal_data_waits_for_another_person(clerk: Clerk, desk_browser: Browser) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/registers/delivery")
    clerk.page.get_by_role("button", name="导出", exact=True).click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_text("要完整姓名").click()
    dialog.get_by_role("button", name="提交审批").click()
    dialog.get_by_text("请写明用途").wait_for()  # never without a reason
    dialog.get_by_role("textbox").fill("年度归档核对当事人信息")
    dialog.get_by_role("button", name="提交审批").click()
    clerk.page.get_by_text("等待审批").wait_for()
    assert clerk.page.locator(".tray a").count() == 0

    admin = Clerk(clerk.site, desk_browser, clerk.folder)
    admin.sign_in("court_admin")
    admin.open("/registers/approvals")
    row = admin.page.get_by_role("row", name="年度归档核对当事人信息")
    row.get_by_role("button", name="批准", exact=True).click()
    assert admin.violations() == []
    admin.page.get_by_role("dialog").get_by_role("button", name="批准", exact=True).click()
    row.wait_for(state="hidden")
    admin.leave()
    assert admin.faults == []
    clerk.page.locator(".tray a").first.wait_for(timeout=90_000)
