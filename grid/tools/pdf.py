"""Print papers as PDF: 送达回证, packet labels, and both for many tasks in one file.

Typst sets them from templates beside this file. Data goes in as JSON, never as source, so no name can run as code. Same
data, fonts and `made_at` give the same bytes. Every text is ready to print.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import typst

from grid.tools.fonts import Typeface, choose

_TEMPLATES = Path(__file__).parent / "typst"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
METHOD_CHOICES = ("直接送达", "留置送达", "转交送达", "通知到院领取")
FOOTNOTES = (
    "受送达人是公民的，应当由本人签收；本人不在的，交与其同住的成年家属签收。受送达人是法人或者其他组织的，由其法定代表人、"
    "主要负责人或者该组织负责收件的人签收（民事诉讼法第八十八条）。",
    "受送达人本人以外的人签收的，在代收人栏签名或者盖章，并注明与受送达人的关系和代收理由。",
    "受送达人或者同住的成年家属拒绝接收的，送达人可以邀请有关基层组织或者所在单位的代表到场，说明情况，记明拒收事由和日期，"
    "由送达人、见证人签名或者盖章，把文书留在受送达人的住所；也可以留在住所并拍照、录像记录送达过程，即视为送达（第八十九条）。",
    "网格员协助送达，不收取任何费用；法院和网格员不会要求向个人转账。",
)
CAUTIONS = (
    "走访时用手机扫右侧二维码，核对本袋与任务一致后再交付。",
    "本人不在不得留置；遇拒收请联系承办法院，由送达人到场处理。",
    "请核对袋内文书后当面签收，签字的回证原件交回法院。",
    "法院和网格员不会要求向个人转账。",
)


@dataclass(frozen=True)
class DocumentLine:
    """One document on a paper."""

    name: str
    no: str = ""
    copies: str = "1"


@dataclass(frozen=True)
class ServiceReceiptData:
    """A 送达回证. Empty text leaves the place for a hand to write in, or is struck out on a `filled` form.

    `qr_svg` is the packet's code on a form to sign, the receipt's on a filled one; `qr_lines` stand under it, the
    first larger (short code), the rest small.
    """

    court: str
    case_no: str
    cause: str
    documents: tuple[DocumentLine, ...]
    addressee: str
    address: str
    method: str = ""
    signature: str = ""
    signed_at: str = ""
    receiver: str = ""
    received_at: str = ""
    refusal: str = ""
    refused_at: str = ""
    witness: str = ""
    witnessed_at: str = ""
    remarks: str = ""
    assistant: str = ""
    issuer: str = ""
    serving_officer: str = ""
    qr_svg: str = ""
    qr_lines: tuple[str, ...] = ()
    filled: bool = False
    title: str = "送达回证"
    method_choices: tuple[str, ...] = METHOD_CHOICES
    footnotes: tuple[str, ...] = FOOTNOTES


@dataclass(frozen=True)
class PacketLabelData:
    """The sheet of a packet; `addressee_masked` and `community` because the outside may be read by anybody."""

    court: str
    task_no: str
    addressee_masked: str
    community: str
    documents: tuple[DocumentLine, ...]
    court_phone: str
    due: str = ""
    qr_svg: str = ""
    qr_lines: tuple[str, ...] = ()
    cautions: tuple[str, ...] = CAUTIONS


@dataclass(frozen=True)
class Packet:
    """What is printed for one task: its label, then the form to sign."""

    label: PacketLabelData
    receipt: ServiceReceiptData


class Papers:
    """The press; keeps its fonts loaded. Safe for threads, one compile at a time.

    `own_fonts` is a directory with a court's licensed faces, which then come first.
    """

    def __init__(self, own_fonts: Path | None = None) -> None:
        self._own_fonts = own_fonts
        self._lock = threading.Lock()
        self._compilers: dict[tuple[Path, ...], typst.Compiler] = {}

    def render_service_receipt(self, data: ServiceReceiptData, made_at: datetime = _EPOCH) -> bytes:
        """Return a 送达回证 on exactly one A4 page."""
        return self._compile([_page("receipt", data)], data.title, data.court, made_at)

    def render_packet_label(self, data: PacketLabelData, made_at: datetime = _EPOCH) -> bytes:
        """Return the label of one packet on one A4 page."""
        return self._compile([_page("label", data)], f"文书袋 {data.task_no}", data.court, made_at)

    def render_packets(self, packets: Sequence[Packet], made_at: datetime = _EPOCH) -> bytes:
        """Return label and form of each task, in order, two pages a task. Raises ValueError for no packet."""
        if not packets:
            raise ValueError("nothing to print")
        pages = [page for p in packets for page in (_page("label", p.label), _page("receipt", p.receipt))]
        return self._compile(pages, f"文书袋和送达回证（{len(packets)} 件）", packets[0].label.court, made_at)

    def missing_glyphs(self, *papers: ServiceReceiptData | PacketLabelData | Packet) -> tuple[str, ...]:
        """Return the characters no installed face can show: they print as □, so the caller should warn."""
        return choose(_texts([asdict(paper) for paper in papers]), self._own_fonts).missing

    def _compile(self, pages: list[dict[str, Any]], title: str, author: str, made_at: datetime) -> bytes:
        typeface = choose(_texts(pages), self._own_fonts)
        # PDF/A refuses a glyph that is not there: print a box, somebody writes the character in (see missing_glyphs).
        boxes = str.maketrans(dict.fromkeys(typeface.missing, "□"))
        pages = [_translated(page, boxes) for page in pages] if boxes else pages
        data = {"fonts": typeface.families, "title": title, "author": author, "pages": pages}
        with self._lock:
            printed = self._compiler(typeface).compile(
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=int(made_at.timestamp()),
                pdf_standards=["a-2b"],
            )
        # One PDF without an output path is always bytes; the library's type also covers images of many pages.
        return cast(bytes, printed)

    def _compiler(self, typeface: Typeface) -> typst.Compiler:
        compiler = self._compilers.get(typeface.directories)
        if compiler is None:
            compiler = typst.Compiler(
                input=str(_TEMPLATES / "papers.typ"),
                root=str(_TEMPLATES),
                font_paths=[str(directory) for directory in typeface.directories],
                # Otherwise the machine's own fonts would change the paper without a word.
                ignore_system_fonts=True,
            )
            self._compilers[typeface.directories] = compiler
        return compiler


def _page(kind: str, data: ServiceReceiptData | PacketLabelData) -> dict[str, Any]:
    page = {"kind": kind, **asdict(data)}
    if kind == "label":
        page["documents_count"] = f"共 {len(data.documents)} 种"
    return page


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: _translated(inner, table) for key, inner in value.items()}
    return [_translated(inner, table) for inner in value] if isinstance(value, list | tuple) else value


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that will be printed; an SVG is drawn, not set."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("qr_svg", "kind"):
                yield from _texts(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(inner)
