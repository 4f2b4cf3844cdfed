"""批量导入: the downloaded template, bad cells named, good rows alone, the same file twice creates nothing twice."""

from pathlib import Path

from openpyxl import load_workbook

from tests.support.clerk import Clerk

GOOD = {
    "案号": "（2026）皖0503执91001号", "案由": "民间借贷纠纷", "受送达人": "张演示", "诉讼地位": "被执行人",
    "送达地址": "花山区濮塘镇濮塘社区测试路12号3栋201室", "社区": "濮塘社区", "文书": "执行通知书1份；报告财产令1份",
}  # fmt: skip
BAD = GOOD | {"案号": "（2026）皖0503执91002号", "受送达人": "李样例", "文书": "冻结裁定书1份"}


def fill(template: Path, target: Path) -> None:
    """Write one good row and one that only the court may deliver under the template's header."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for row, facts in enumerate((GOOD, BAD), 2):
        for title, value in facts.items():
            sheet.cell(row=row, column=places[title], value=value)
    book.save(target)


def test_template_dry_run_good_rows_and_the_same_again(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/tasks/import")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="下载任务模板").click()
    template, table = clerk.folder / "template.xlsx", clerk.folder / "任务.xlsx"
    download.value.save_as(template)
    fill(template, table)

    clerk.page.get_by_label("选择任务文件").set_input_files(table)
    clerk.page.get_by_role("heading", name="需要修改的").wait_for()
    bad = clerk.page.get_by_role("table", name="需要修改的单元格").inner_text()
    assert "冻结裁定书" in bad
    assert "文书" in bad
    assert clerk.violations() == []
    before = clerk.read("/tasks?states=all")["total"]
    clerk.page.get_by_role("button", name="导入").locator("visible=true").first.click()
    clerk.page.get_by_text("导入完成").wait_for()
    created = clerk.read("/tasks?states=all")["total"] - before
    assert created == 1

    clerk.page.get_by_role("button", name="换一个文件").click()
    clerk.page.get_by_label("选择任务文件").set_input_files(table)
    clerk.page.get_by_text("行以前导入过").wait_for()
    clerk.page.get_by_role("button", name="导入 0 行").wait_for()
    assert clerk.page.get_by_role("button", name="导入 0 行").is_disabled()
    assert clerk.read("/tasks?states=all")["total"] == before + created


def test_what_is_no_table_is_refused_with_a_next_step(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/tasks/import")
    photo = clerk.folder / "任务.xlsx"
    photo.write_bytes(b"PK\x03\x04 this is no workbook")
    clerk.expect(400, 415, 422)
    clerk.page.get_by_label("选择任务文件").set_input_files(photo)
    clerk.page.get_by_role("alert").wait_for()
    assert clerk.page.get_by_role("button", name="选择文件").is_enabled()
    assert clerk.violations() == []
