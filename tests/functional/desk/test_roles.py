"""Every screen as each of the ten roles: a screen out of reach is not there, and no button leads to a refusal.

What a button needs is looked up in the one permission table; a button this test does not know fails it.
"""

import json
import re

import pytest
from playwright.sync_api import Locator

from grid.core.words.roles import Role
from grid.rules.permissions import Action, Scope, scope_of
from tests.support.clerk import Clerk

SCREENS = {
    "/tasks?states=all": Action.TASK_READ,
    "/tasks/new": Action.TASK_CREATE,
    "/tasks/import": Action.IMPORT_DISPATCH,
    "/tasks/unrouted": Action.TASK_ROUTE,
    "/reviews": Action.TASK_REVIEW,
    "/cases": Action.CASE_READ,
    "/registers/delivery": Action.REGISTER_READ,
    "/registers/monthly": Action.ASSESSMENT_READ,
    "/registers/monthly/behind?measure=assigned": Action.ASSESSMENT_READ,
    "/registers/approvals": Action.EXPORT_APPROVE,
    "/org": Action.PERSON_READ,
    "/org/import/people": Action.PERSON_IMPORT,
    "/org/import/units": Action.UNIT_WRITE,
    "/settings": Action.SETTING_READ,
    "/devices": Action.DEVICE_READ,
    "/messages": Action.MESSAGE_READ,
    "/ledger": Action.LEDGER_READ,
    "/account": Action.SESSION_SELF,
}
BUTTONS = {
    "新建任务": Action.TASK_CREATE, "新建任务 N": Action.TASK_CREATE, "新建任务（同时建立案件）": Action.TASK_CREATE,
    "为本案新建任务": Action.TASK_CREATE,
    "存为草稿": Action.TASK_CREATE, "保存并派发": Action.TASK_CREATE, "请重拍这张…": Action.TASK_REVIEW,
    "派发": Action.TASK_DISPATCH, "再派一次": Action.TASK_CREATE,
    "批量导入": Action.IMPORT_DISPATCH, "待分派队列": Action.TASK_ROUTE, "分派": Action.TASK_ROUTE,
    "分派到网格": Action.TASK_ROUTE, "转派": Action.TASK_TRANSFER, "撤回": Action.TASK_RECALL,
    "中止办理": Action.TASK_RECALL, "恢复办理": Action.TASK_RECALL, "重新办理": Action.TASK_REOPEN,
    "批准并派发": Action.TASK_APPROVE_SENSITIVE, "去审核": Action.TASK_REVIEW, "通过 A": Action.TASK_REVIEW,
    "退回 R": Action.TASK_REVIEW, "标为核实中": Action.TASK_REVIEW, "登记留置送达…": Action.LEFT_SERVICE_RECORD,
    "归卷": Action.TASK_ARCHIVE, "回证原件已交回": Action.ORIGINAL_RECEIVE, "回证原件已交回 O": Action.ORIGINAL_RECEIVE,
    "打印文书包": Action.PRINT_PACKET, "送达回证 PDF": Action.RECEIPT_READ, "下载原图…": Action.EVIDENCE_ORIGINAL,
    "修改案件信息": Action.CASE_WRITE, "添加当事人": Action.CASE_WRITE, "导出": Action.REGISTER_EXPORT,
    "批准": Action.EXPORT_APPROVE, "不批准": Action.EXPORT_APPROVE, "导入单位和网格": Action.UNIT_WRITE,
    "改名": Action.UNIT_WRITE, "新建下级": Action.UNIT_WRITE, "导入人员": Action.PERSON_IMPORT,
    "新建人员": Action.PERSON_WRITE, "修改": Action.PERSON_WRITE, "重置密码": Action.PERSON_WRITE,
    "停用这次登录": Action.SESSION_SELF,
    "停用": Action.PERSON_WRITE, "停用…": Action.PERSON_WRITE, "保存…": Action.SETTING_WRITE,
    "申请更正": Action.RECEIPT_CORRECT, "申请作废": Action.RECEIPT_CORRECT, "我来复核并同意": Action.RECEIPT_APPROVE,
}  # fmt: skip
HARMLESS = re.compile(
    "查找|显示列|上一页|下一页|上一张|下一张|－|＋|旋转|还原|关闭|再试一次|查看证明|下载模板|选择文件|退出.*|修改密码|.*本页全部标为已读"
)
STATISTICS = {Role.DISTRICT_CENTRE, Role.STREET_CENTRE}


def may(role: Role, action: Action) -> bool:
    return scope_of(action, role) is not Scope.NONE


def labels(place: Locator) -> list[str]:
    """Return the words of every button in sight."""
    found = place.locator(".el-button:visible")
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def check(role: Role, place: Locator, where: str, wrong: list[str]) -> None:
    for label in labels(place):
        action = BUTTONS.get(label)
        if action is None:
            if label and not HARMLESS.fullmatch(label):
                wrong.append(f"{where}: teach this test what 「{label}」 needs")
        elif not may(role, action) or (label == "导出" and "delivery" in where and role in STATISTICS):
            wrong.append(f"{where}: {role} sees 「{label}」")


@pytest.mark.parametrize("role", Role)
def test_no_button_leads_to_a_refusal(clerk: Clerk, role: Role) -> None:
    clerk.sign_in(role.value)
    told = clerk.read("/session")
    assert set(told["may"]) == {action.value for action in Action if may(role, action)}
    main, wrong = clerk.page.locator("main"), []
    for path, action in SCREENS.items():
        clerk.open(path)
        there = clerk.page.get_by_role("heading", name="没有这个页面").count() == 0
        if there is not may(role, action):
            wrong.append(f"{path} {'opens' if there else 'does not open'}")
        if clerk.page.locator("main [role=alert]").count():
            wrong.append(f"{path}: {clerk.page.locator('main [role=alert]').first.inner_text()}")
        check(role, main, path, wrong)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [role for role in Role if may(role, Action.TASK_READ) and role != Role.GRID_WORKER])
def test_tasks_cases_and_receipts_offer_what_their_reader_may_do(clerk: Clerk, role: Role) -> None:
    clerk.sign_in(role.value)
    wrong: list[str] = []
    rows = clerk.read("/tasks?size=200")["items"]
    by_state = {row["state"]: row for row in rows}
    assert len(by_state) > 2, "too few states to look at"
    receipts: list[str] = []
    for state, row in by_state.items():
        clerk.open(f"/tasks?states=all&task={row['id']}")
        drawer = clerk.page.get_by_role("dialog")
        drawer.get_by_role("heading", name="办理经过").wait_for()
        check(role, drawer, f"task {state}", wrong)
        receipts += [one["cti"] for one in clerk.read(f"/tasks/{row['id']}").get("receipts", [])]
        cases = drawer.locator("a[href*='/cases/']").count()
        if cases and not may(role, Action.CASE_READ):
            wrong.append(f"task {state}: a case that will not open")
    if may(role, Action.CASE_READ):
        clerk.open(f"/cases/{rows[0]['case']['id']}")
        check(role, clerk.page.locator("main"), "case", wrong)
    if may(role, Action.RECEIPT_READ):
        assert receipts
        clerk.open(f"/receipts/{receipts[0]}")
        clerk.page.get_by_role("heading", name="账本位置").wait_for()
        check(role, clerk.page.locator("main"), "receipt", wrong)
    assert not wrong, "\n".join(wrong)


def test_the_table_of_buttons_names_every_role(clerk: Clerk) -> None:
    accounts = json.loads((clerk.site.data_dir / "demo-accounts.json").read_text("utf-8"))["accounts"]
    assert set(accounts) == {role.value for role in Role}
