"""/V: the court is asked first, offline is never plain valid, a forged code is refused."""

from playwright.sync_api import Browser

from tests.support.clerk import Clerk


def receipt_of(clerk: Clerk) -> dict[str, str]:
    clerk.sign_in("case_officer")
    for row in clerk.read("/tasks?states=reported,verifying,closed,archived&size=200")["items"]:
        receipts = clerk.read(f"/tasks/{row['id']}")["receipts"]
        if receipts:
            return dict(clerk.read(f"/receipts/{receipts[0]['cti']}"))
    raise AssertionError("the demo district has a receipt")


def test_online_offline_forged_and_typed(clerk: Clerk, desk_browser: Browser) -> None:
    receipt = receipt_of(clerk)
    context = desk_browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    address = f"{clerk.site.origin}/V#"

    def said(fragment: str) -> str:
        page.goto("about:blank")
        page.goto(address + fragment)
        return page.locator(".result h2").inner_text()

    assert said(receipt["token"]) == "有效"
    shown = page.locator("main").inner_text()
    assert "法院和网格员不会要求向个人转账" in shown
    assert "*" in page.locator("dd").nth(2).inner_text()  # the addressee's name is masked

    flipped = "B" if receipt["token"][80] == "A" else "A"
    forged = receipt["token"][:80] + flipped + receipt["token"][81:]
    assert said(forged) == "签名无效"
    assert said(f"code={receipt['short_code']}") == "有效"

    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    assert said(receipt["token"]) == "验签通过，但未联网核对"
    assert "状态快照" in page.locator("main").inner_text()
    assert said(forged) == "签名无效"
    assert said(f"code={receipt['short_code']}") == "没有连上法院"
    context.close()


def test_a_typed_code_is_checked_before_it_is_sent(clerk: Clerk) -> None:
    clerk.page.goto(f"{clerk.site.origin}/V")
    clerk.page.get_by_label("手输短码").fill("AAAAA-BBBBB")
    clerk.page.get_by_role("button", name="核验", exact=True).click()
    clerk.page.get_by_text("其中有一个写错了").wait_for()
    assert clerk.violations() == []


def test_the_page_prints_on_one_a4_sheet(clerk: Clerk) -> None:
    receipt = receipt_of(clerk)
    clerk.page.goto(f"{clerk.site.origin}/V#{receipt['token']}")
    clerk.page.locator(".result h2").wait_for()
    path = clerk.folder / "verify.pdf"
    clerk.page.pdf(path=path, format="A4", prefer_css_page_size=True)
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
        assert "有效" in text
        assert "手输短码" not in text
    finally:
        document.close()
