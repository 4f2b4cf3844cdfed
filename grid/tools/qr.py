"""QR codes as SVG, PNG and terminal text: level M, quiet zone 4, black on white.

M and not Q: at 30-40 mm on a cheap phone the size of a module limits reading, not damage. The text is cut at its '#'
so that both sides of it can use the compact alphanumeric mode.
"""

import io
import re

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from grid.tools.qrplace import placed

QUIET_ZONE = 4
MAX_BYTES = 2_100
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+./:-]+", re.ASCII)

Matrix = list[list[bool]]


def qr_matrix(text: str) -> Matrix:
    """Return the modules, True for dark, with the quiet zone. Raises ValueError for an empty or too long text."""
    if not 0 < len(text.encode("utf-8")) <= MAX_BYTES:
        raise ValueError(f"a QR code holds 1 to {MAX_BYTES} bytes of text")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
    for segment in _segments(text):
        code.add_data(segment, optimize=0)
    code.best_fit()
    side = [False] * QUIET_ZONE
    rows = [side + row + side for row in placed(code)]
    empty = [[False] * len(rows[0]) for _ in range(2 * QUIET_ZONE)]
    return [*empty[:QUIET_ZONE], *rows, *empty[QUIET_ZONE:]]


def qr_svg(text: str) -> str:
    """Draw the code as an SVG without a size of its own (1 unit = 1 module), a single path on white."""
    matrix = qr_matrix(text)
    side = len(matrix)
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for start, length in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )


def qr_png(text: str, module_px: int = 8) -> bytes:
    """Draw the code as a 1-bit PNG with square modules of module_px pixels (1 to 40)."""
    if not 1 <= module_px <= 40:
        raise ValueError("a module has 1 to 40 pixels")
    matrix = qr_matrix(text)
    side = len(matrix)
    image = Image.new("1", (side, side))
    image.putdata([0 if dark else 255 for row in matrix for dark in row])
    out = io.BytesIO()
    image.resize((side * module_px, side * module_px), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def qr_terminal(text: str, colour: bool = True) -> str:
    """Draw the code with half-block characters, two rows of modules a line.

    colour sets black on white by escape codes, right on any terminal; without it the light modules are drawn as
    blocks, which reads on a dark background.
    """
    matrix = qr_matrix(text)
    if len(matrix) % 2:
        matrix.append([False] * len(matrix))
    glyphs = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    lines = []
    for upper, lower in zip(matrix[::2], matrix[1::2], strict=True):
        if colour:
            cells = "".join(glyphs[pair] for pair in zip(upper, lower, strict=True))
            lines.append(f"\x1b[38;5;16;48;5;231m{cells}\x1b[0m")
        else:
            lines.append("".join(glyphs[not top, not bottom] for top, bottom in zip(upper, lower, strict=True)))
    return "\n".join(lines)


def _segments(text: str) -> list[QRData]:
    segments = []
    for part in re.split("(#)", text):
        if _ALPHANUMERIC.fullmatch(part):
            segments.append(QRData(part.encode(), MODE_ALPHA_NUM))
        elif part:
            segments.append(QRData(part.encode("utf-8"), MODE_8BIT_BYTE))
    return segments


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
