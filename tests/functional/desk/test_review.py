"""审核: three panes, by keyboard, with comments on single fields."""

from tests.support.clerk import Clerk


def test_send_one_field_back_and_approve_the_next_by_keyboard(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    queue = clerk.read("/reviews?mine=1&sort=reported_at")["items"]
    signed = [row for row in queue if "签收" in row["outcome_label"]]
    assert len(signed) >= 2, "the demo district has signed reports to look at"
    back, good = signed[0], signed[1]

    clerk.open(f"/reviews/{back['id']}")
    clerk.page.get_by_role("heading", name="照片与签名").wait_for()
    assert clerk.violations() == []
    clerk.page.keyboard.press("r")
    clerk.page.get_by_role("button", name="回证上写的日期").click()
    clerk.page.keyboard.type("照片上是前一天，请核对")
    clerk.choose("退回原因", clerk.read("/reference")["send_back_reasons"][0]["label"])
    assert clerk.violations() == []
    clerk.page.get_by_role("form", name="退回").get_by_role("button", name="退回").click()
    clerk.page.wait_for_url(lambda url: back["id"] not in url)  # the next one comes by itself
    task = clerk.read(f"/tasks/{back['id']}")
    assert task["state"] == "working"
    assert task["reviews"][-1]["comments"] == {"answers.receipt_date": "照片上是前一天，请核对"}

    clerk.open(f"/reviews/{good['id']}")
    clerk.page.get_by_role("heading", name="照片与签名").wait_for()
    clerk.page.keyboard.press("a")
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_label("回证上手写的签收日期").wait_for()
    assert clerk.violations() == []
    written = dialog.get_by_label("回证上手写的签收日期").input_value()
    dialog.get_by_role("button", name="通过", exact=True).click()
    clerk.page.wait_for_url(lambda url: good["id"] not in url)
    task = clerk.read(f"/tasks/{good['id']}")
    assert (task["state"], task["receipt_date"]) == ("closed", written)

    clerk.open(f"/tasks?states=all&task={good['id']}")
    clerk.page.get_by_role("button", name="回证原件已交回").click()
    clerk.page.get_by_role("dialog").get_by_role("button", name="登记交回").click()
    clerk.page.get_by_text("已交回").first.wait_for()
    assert clerk.read(f"/tasks/{good['id']}")["original_received_on"] is not None


def test_a_decision_on_an_old_screen_is_refused_and_the_screen_refreshed(clerk: Clerk) -> None:
    clerk.sign_in("command_centre")
    row = clerk.read("/reviews?sort=reported_at")["items"][0]
    clerk.open(f"/reviews/{row['id']}")
    clerk.page.get_by_role("button", name="标为核实中").click()
    clerk.page.get_by_role("button", name="标为核实中").wait_for(state="hidden")
    clerk.expect(409)
    # The same page in another hand: the version on this screen is old now.
    clerk.page.route(
        "**/api/tasks/*/send_back", lambda route: route.continue_(post_data=_older(route.request.post_data))
    )
    clerk.page.keyboard.press("r")
    clerk.choose("退回原因", clerk.read("/reference")["send_back_reasons"][0]["label"])
    clerk.page.get_by_label("总的说明").fill("请补拍门牌号")
    clerk.page.get_by_role("form", name="退回").get_by_role("button", name="退回").click()
    clerk.page.get_by_role("alert").wait_for()
    assert clerk.page.get_by_label("总的说明").input_value() == "请补拍门牌号"


def _older(body: str | None) -> str:
    import json

    facts = json.loads(body or "{}")
    return json.dumps(facts | {"version": facts["version"] - 1})
