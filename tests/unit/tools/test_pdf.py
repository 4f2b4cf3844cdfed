"""Papers print on the right number of pages, say what they were given, and their codes can be scanned."""

import dataclasses
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from grid.tools import pdf
from grid.tools.fontfiles import SANS, SERIF
from grid.tools.fonts import Typeface, choose, faces_in, system_faces
from grid.tools.pdf import DocumentLine, Packet, PacketLabelData, Papers, ServiceReceiptData
from grid.tools.qr import qr_svg

CODE = "HTTPS://FY.EXAMPLE.GOV.CN/V#" + "ABCDEFGHIJ234567" * 19
DPI = 150
RECEIPT = ServiceReceiptData(
    court="安徽省马鞍山市花山区人民法院",
    case_no="（2026）皖0503执1234号",
    cause="买卖合同纠纷",
    documents=(DocumentLine("执行通知书", "（2026）皖0503执1234号"), DocumentLine("报告财产令", copies="2")),
    addressee="欧阳·古丽娜尔",
    address="花山区湖东路街道某某社区12幢3单元501室",
    assistant="张小兰（编号 WG0012）",
    issuer="李敏",
    qr_svg=qr_svg(CODE),
    qr_lines=("任务 HS-20261124-0012", "文书袋核验码"),
)
LABEL = PacketLabelData(
    court=RECEIPT.court,
    task_no="HS-20261124-0012",
    addressee_masked="欧阳*古丽娜尔",
    community="湖东路街道 某某社区",
    documents=RECEIPT.documents,
    court_phone="0555-1234567",
    qr_svg=RECEIPT.qr_svg,
    qr_lines=RECEIPT.qr_lines,
)
FULL = dataclasses.replace(
    RECEIPT,
    documents=tuple(DocumentLine(f"失信决定书及风险告知书之{n}", f"（2026）皖0503执1234号之{n}") for n in range(9)),
    addressee="欧阳·古丽娜尔·买买提江（法定代理人：阿卜杜热西提·图尔荪）",
    address="安徽省马鞍山市花山区湖东路街道某某社区某某家园二期（原金家庄老钢厂宿舍区）12幢3单元501室门牌已换"
    + "X" * 40,
    qr_lines=("7K3M-9QXT-2B", "扫码核验 / 手输核验：FY.EXAMPLE.GOV.CN", "法院、网格员不会通过本码收费"),
)
FILLED = dataclasses.replace(
    RECEIPT,
    filled=True,
    method="直接送达",
    signature="欧阳·古丽娜尔（已签名）",
    signed_at="2026年12月6日 18时20分",
    serving_officer="李敏",
)


@cache
def press() -> Papers:
    return Papers()


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range().replace("\r\n", "").replace("\u200b", ""))
        text_page.close()
    document.close()
    return texts


def codes_of(content: bytes, page: int = 0) -> list[zxingcpp.Barcode]:
    document = pypdfium2.PdfDocument(content)
    image = document[page].render(scale=DPI / 72).to_pil()
    document.close()
    return zxingcpp.read_barcodes(image)


def test_a_form_to_sign_says_all_it_knows_on_one_page() -> None:
    (text,) = pages_of(press().render_service_receipt(RECEIPT))
    for expected in ("花山区人民法院", "送达回证", RECEIPT.case_no, "买卖合同纠纷", "报告财产令", "欧阳·古丽娜尔",
                     "协助人（网格员）：张小兰（编号 WG0012）", "填发人：李敏", "第八十八条"):  # fmt: skip
        assert expected in text.replace(" ", "") or expected in text
    assert text.index("协助人") < text.index("送达人：")


def test_a_filled_form_strikes_out_what_did_not_happen() -> None:
    (text,) = pages_of(press().render_service_receipt(FILLED))
    assert text.count("／") == 3
    assert "2026年12月6日 18时20分" in text
    assert "√直接送达" in text.replace(" ", "")
    assert "时分" not in text.replace(" ", "")
    (other,) = pages_of(press().render_service_receipt(dataclasses.replace(FILLED, method="公证送达")))
    assert "√" not in other
    assert "公证送达" in other


@pytest.mark.parametrize(
    "data", [FULL, dataclasses.replace(FULL, filled=True, refusal="拒收" * 60, remarks="备考" * 60)]
)
def test_long_contents_still_fit_one_page(data: ServiceReceiptData) -> None:
    (text,) = pages_of(press().render_service_receipt(data))
    assert "风险告知书之8" in text
    assert "不会要求向个人转账" in text


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)


@settings(max_examples=15, deadline=None)
@given(name=printable, address=printable, lines=st.lists(st.tuples(printable, printable), max_size=9))
def test_any_content_fits_one_page(name: str, address: str, lines: list[tuple[str, str]]) -> None:
    documents = tuple(DocumentLine(one[:30], no[:30]) for one, no in lines)
    receipt = dataclasses.replace(RECEIPT, addressee=name, address=address, documents=documents)
    label = dataclasses.replace(LABEL, addressee_masked=name[:12], community=address[:20], documents=documents)
    assert len(pages_of(press().render_packets([Packet(label, receipt)]))) == 2


@pytest.mark.parametrize("text", ['#panic("x")', "$1/0$", "*b* _i_ `c`", "\\", "// c", "]", '"}', "@x <x>"])
def test_text_is_never_source(text: str) -> None:
    (page,) = pages_of(press().render_service_receipt(dataclasses.replace(RECEIPT, cause=text)))
    assert text in page


def test_the_code_on_the_form_scans_and_is_forty_millimetres() -> None:
    for data in (RECEIPT, FULL):
        (code,) = codes_of(press().render_service_receipt(data))
        assert code.text == CODE
        side_mm = (code.position.top_right.x - code.position.top_left.x) / DPI * 25.4
        assert 38.5 < side_mm < 41.5
    (code,) = codes_of(press().render_packet_label(LABEL))
    assert code.text == CODE


def test_a_label_shows_the_carrier_what_it_needs_and_no_more() -> None:
    (text,) = pages_of(press().render_packet_label(dataclasses.replace(LABEL, due="12月6日 18:00 前")))
    for expected in (
        "HS-20261124-0012",
        "欧阳*古丽娜尔",
        "某某社区",
        "0555-1234567",
        "共 2 种",
        "报告财产令",
        "12月6日",
    ):
        assert expected in text
    assert "古丽娜尔12幢" not in text
    assert len(pages_of(press().render_packet_label(dataclasses.replace(LABEL, documents=FULL.documents)))) == 1


def test_a_selection_is_one_file_in_order() -> None:
    packets = [
        Packet(
            dataclasses.replace(LABEL, task_no=f"NO-{n:03}"),
            dataclasses.replace(RECEIPT, addressee=f"王某{n:03}"),
        )
        for n in range(80)
    ]
    texts = pages_of(press().render_packets(packets))
    assert len(texts) == 160
    for n in range(80):
        assert f"NO-{n:03}" in texts[2 * n]
        assert f"王某{n:03}" in texts[2 * n + 1]
    with pytest.raises(ValueError, match="nothing"):
        press().render_packets([])


def test_the_same_data_gives_the_same_bytes() -> None:
    made_at = datetime(2026, 12, 6, tzinfo=UTC)
    first = Papers().render_service_receipt(RECEIPT, made_at)
    assert first == press().render_service_receipt(RECEIPT, made_at)
    assert first != press().render_service_receipt(RECEIPT, datetime(2026, 12, 7, tzinfo=UTC))
    assert b"D:20261206" in first


def test_the_fonts_of_the_machine_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Typeface(("DejaVu Sans", "Noto Serif SC"), (SERIF.parent,), ())
    monkeypatch.setattr(pdf, "choose", lambda *_: asked)
    content = Papers().render_service_receipt(RECEIPT)
    assert b"NotoSerifSC" in content
    assert b"DejaVu" not in content


def test_it_is_an_archive_file_with_its_fonts_inside() -> None:
    content = press().render_service_receipt(RECEIPT)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"NotoSerifSC" in content
    assert b"/FontFile3" in content


def test_what_no_face_can_show_is_named_before_printing() -> None:
    assert press().missing_glyphs(RECEIPT, LABEL, Packet(LABEL, FULL)) == ()
    strange = dataclasses.replace(RECEIPT, addressee="王\U0010fffd\ue123")
    assert press().missing_glyphs(strange) == ("\ue123", "\U0010fffd")
    (text,) = pages_of(press().render_service_receipt(strange))
    assert "王□□" in text


def test_a_rare_character_is_looked_for_in_other_faces() -> None:
    rare = "𠮷"
    assert ord(rare) not in faces_in(SERIF)[0].code_points
    found = [face for face in (*faces_in(SANS), *system_faces()) if ord(rare) in face.code_points]
    typeface = choose([f"{rare}某"])
    assert typeface.families[0] == "Noto Serif SC"
    assert typeface.missing == (() if found else (rare,))
    if found:
        assert found[0].family in typeface.families
        (text,) = pages_of(press().render_service_receipt(dataclasses.replace(RECEIPT, addressee=f"{rare}某")))
        assert f"{rare}某" in text


def test_a_court_may_bring_its_own_faces(tmp_path: Path) -> None:
    (tmp_path / "face.otf").symlink_to(SANS)
    (tmp_path / "README.txt").write_text("not a font")
    content = Papers(own_fonts=tmp_path).render_service_receipt(RECEIPT)
    assert b"NotoSansSC" in content
    assert b"NotoSerifSC" not in content
