"""Places the data of a QR code and picks its mask (ISO/IEC 18004 §7.7, §7.8) on boards held as long integers.

Drawing a code under all eight masks and scoring it module by module takes the library longer than the rest of a
printed page. What stands in a code beside its data depends on version and mask only, so it is drawn once and kept; the
scores are a few operations on long integers. The result is the library's own, mask included: a test compares the two.

A board is read row by row, the first module being the highest bit, with one light column after each row so that
nothing runs on into the next row. Shifting left by 1 puts the right-hand neighbour in place, by side + 1 the lower one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qrcode.main import QRCode
from qrcode.util import create_data

MASKS = range(8)
FINDERS = ("10111010000", "00001011101")

Modules = Sequence[Sequence[object]]


@dataclass(frozen=True)
class _Frame:
    """A version without data: where its data bits go, and its boards under each mask."""

    side: int
    in_rows: list[int]
    in_columns: list[int]
    scored: list[tuple[int, int]]  # rows and columns, format bits left light as the library scores them
    final: list[int]  # rows, format bits filled in


class _Walked(QRCode):
    """A code without data that notes the order in which its free modules are filled."""

    def map_data(self, data: Sequence[int], mask_pattern: int) -> None:
        side = self.modules_count
        self.order = [
            (row, column)
            for turn, right in enumerate([*range(side - 1, 6, -2), *range(5, 0, -2)])
            for row in (range(side) if turn % 2 else range(side - 1, -1, -1))
            for column in (right, right - 1)
            if self.modules[row][column] is None
        ]
        super().map_data(data, mask_pattern)


def placed(code: QRCode) -> list[list[bool]]:
    """Return the modules of a code, whose data is set and version fitted, under the mask with the lowest penalty."""
    frame = _frame(code.version, code.error_correction)
    bits = "".join([f"{byte:08b}" for byte in create_data(code.version, code.error_correction, code.data_list)])
    rows, columns = (_scatter(bits, places, frame.side) for places in (frame.in_rows, frame.in_columns))

    def penalty(mask: int) -> int:
        blank_rows, blank_columns = frame.scored[mask]
        return _penalty(rows ^ blank_rows, columns ^ blank_columns, frame.side)

    text = f"{rows ^ frame.final[min(MASKS, key=penalty)]:0{frame.side * (frame.side + 1)}b}"
    starts = range(0, len(text), frame.side + 1)
    return [[bit == "1" for bit in text[start : start + frame.side]] for start in starts]


@lru_cache(maxsize=40)
def _frame(version: int, error_correction: int) -> _Frame:
    code = _Walked(version=version, error_correction=error_correction)
    code.data_cache = []
    scored, final = [], []
    for mask in MASKS:
        code.makeImpl(True, mask)
        scored.append((_board(code.modules), _board(_turned(code.modules))))
        code.makeImpl(False, mask)
        final.append(_board(code.modules))
    stride = code.modules_count + 1
    in_rows = [row * stride + column for row, column in code.order]
    in_columns = [column * stride + row for row, column in code.order]
    return _Frame(code.modules_count, in_rows, in_columns, scored, final)


def _scatter(bits: str, places: list[int], side: int) -> int:
    board = bytearray(b"0" * (side * (side + 1)))
    for place, bit in zip(places, bits.encode("ascii"), strict=False):  # a few modules stay over at the end
        board[place] = bit
    return int(board, 2)


def _board(modules: Modules) -> int:
    return int("".join(["".join(["1" if module else "0" for module in row]) + "0" for row in modules]), 2)


def _turned(modules: Modules) -> Modules:
    return list(zip(*modules, strict=True))


@lru_cache(maxsize=80)
def _inside(side: int, columns: int) -> int:
    """Set the bits of the first columns of every row."""
    return int(("1" * columns + "0" * (side + 1 - columns)) * side, 2)


def _penalty(rows: int, columns: int, side: int) -> int:
    """Score a board: long runs, 2x2 blocks, false finder patterns, unbalanced colours."""
    score = 0
    for board in (rows, columns):
        score += _runs(board, side) + 40 * _finders(board, side)
    beside = ~(rows ^ rows << 1) & _inside(side, side - 1)
    below = ~(rows ^ rows << side + 1) & _inside(side, side)
    score += 3 * (beside & beside << side + 1 & below).bit_count()
    dark = rows.bit_count() / (side * side)
    return score + 10 * int(abs(dark * 100 - 50) / 5)


def _runs(board: int, side: int) -> int:
    """Score runs of five and more equal modules in a row: their length less 2."""
    equal = ~(board ^ board << 1) & _inside(side, side - 1)
    four = equal & equal << 1 & equal << 2 & equal << 3  # begins of four equal neighbours, length - 4 in a run
    return four.bit_count() + 2 * (four & ~(four >> 1)).bit_count()


def _finders(board: int, side: int) -> int:
    light = ~board & _inside(side, side)
    found = 0
    for pattern in FINDERS:
        here = -1
        for step, module in enumerate(pattern):
            here &= (board if module == "1" else light) << step
        found += here.bit_count()
    return found
