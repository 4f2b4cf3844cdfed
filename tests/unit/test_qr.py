"""QR drawing, read back by a real decoder."""

import io
import random
import re

import numpy
import pytest
import qrcode
import zxingcpp
from PIL import Image
from qrcode.util import MODE_ALPHA_NUM, QRData

from grid.tools.qr import QUIET_ZONE, qr_matrix, qr_png, qr_svg, qr_terminal

TOKEN = "".join(random.Random(1).choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=304))
RECEIPT = f"HTTPS://FY.EXAMPLE.GOV.CN/V#{TOKEN}"


def read(image):
    found = zxingcpp.read_barcodes(image)
    assert len(found) == 1
    assert found[0].format == zxingcpp.BarcodeFormat.QRCode
    return found[0]


def drawn(matrix, module_px=4):
    modules = numpy.array([[0 if dark else 255 for dark in row] for row in matrix], dtype=numpy.uint8)
    return numpy.kron(modules, numpy.ones((module_px, module_px), dtype=numpy.uint8))


@pytest.mark.parametrize(
    "text", [RECEIPT, "http://192.168.1.20:8000/", "网格协执：扫码核验", "A", "#", "A#b#C", "1234567890"]
)
def test_a_decoder_reads_back_the_text(text):
    assert read(Image.open(io.BytesIO(qr_png(text, 3)))).text == text
    assert read(drawn(qr_matrix(text))).text == text


def test_a_receipt_is_a_version_11_code_of_level_m_or_smaller():
    side = len(qr_matrix(RECEIPT)) - 2 * QUIET_ZONE
    assert side <= 61  # version 11; one byte segment for everything would need version 13
    assert read(drawn(qr_matrix(RECEIPT))).ec_level == "M"


def test_the_longest_text_of_any_kind_fits():
    assert len(qr_matrix("a" * 2100)) == len(qr_matrix("网" * 700)) <= 177 + 2 * QUIET_ZONE
    assert qr_matrix("#" * 600)


def test_the_quiet_zone_is_white_and_four_modules_wide():
    matrix = qr_matrix(RECEIPT)
    edge = [*matrix[:QUIET_ZONE], *matrix[-QUIET_ZONE:], *(row[:QUIET_ZONE] for row in matrix)]
    assert not any(map(any, edge))
    assert matrix[QUIET_ZONE][QUIET_ZONE]


def test_the_svg_paints_exactly_the_dark_modules():
    matrix = qr_matrix(RECEIPT)
    svg = qr_svg(RECEIPT)
    painted = [[False] * len(matrix) for _ in matrix]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        for column in range(int(x), int(x) + int(length)):
            assert not painted[int(y)][column]
            painted[int(y)][column] = True
    assert painted == matrix
    assert f'viewBox="0 0 {len(matrix)} {len(matrix)}"' in svg


def test_the_png_has_whole_black_and_white_modules():
    image = Image.open(io.BytesIO(qr_png("A", 5)))
    assert image.mode == "1"
    assert image.size == ((21 + 8) * 5,) * 2
    assert numpy.array_equal(numpy.array(image.convert("L")), drawn(qr_matrix("A"), 5))


@pytest.mark.parametrize("colour", [True, False])
def test_the_terminal_drawing_can_be_scanned(colour):
    glyphs = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
    rows = []
    for line in qr_terminal("http://192.168.1.20:8000/", colour).split("\n"):
        assert not colour or (line.startswith("\x1b[38;5;16;48;5;231m") and line.endswith("\x1b[0m"))
        cells = [glyphs[glyph] for glyph in re.sub(r"\x1b\[[0-9;]*m", "", line)]
        rows += [[bool(half) == colour for half in halves] for halves in zip(*cells, strict=True)]
    assert read(drawn(rows)).text == "http://192.168.1.20:8000/"


@pytest.mark.parametrize(
    "call",
    [
        lambda: qr_matrix(""),
        lambda: qr_matrix("A" * 2101),
        lambda: qr_matrix("网" * 701),
        lambda: qr_png("A", 0),
        lambda: qr_png("A", 41),
    ],
)
def test_what_cannot_be_drawn_is_refused(call):
    with pytest.raises(ValueError):
        call()


@pytest.mark.parametrize("seed", range(16))
def test_the_modules_are_those_of_the_library_mask_included(seed):
    chance = random.Random(seed)
    text = "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=chance.choice([1, 8, 40, 150, 300, 420, 900])))
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(QRData(text.encode(), MODE_ALPHA_NUM), optimize=0)
    code.make(fit=True)
    assert qr_matrix(text) == code.get_matrix()
