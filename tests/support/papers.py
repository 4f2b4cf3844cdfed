"""QR codes as people meet them: on paper, and changed by somebody who hopes that nobody looks."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

from grid.tools.qr import qr_png

SCALE = 4
"""288 dots per inch: less than any office printer."""


def page_picture(pdf: bytes, page: int = 0) -> Image.Image:
    """Rasterise one page of a PDF as a printer would."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def read_codes(picture: Image.Image) -> list[str]:
    """Return the text of every QR code on a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def cut_code(picture: Image.Image, quiet: float = 0.08) -> Image.Image:
    """Cut the picture's first QR code out, with its quiet zone."""
    corners = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)[0].position
    points = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    left, right = min(point.x for point in points), max(point.x for point in points)
    top, bottom = min(point.y for point in points), max(point.y for point in points)
    edge = int((right - left) * quiet)
    return picture.crop((left - edge, top - edge, right + edge, bottom + edge))


def code_picture(text: str) -> Image.Image:
    """Draw a QR code of the text."""
    return Image.open(BytesIO(qr_png(text, 10)))


def forged(text: str) -> str:
    """Change one character in the middle of the token behind the #, to another one that its alphabet has."""
    head, mark, token = text.partition("#")
    at = len(token) // 2
    return head + mark + token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
