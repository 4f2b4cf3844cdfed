"""Read the files of registers back, as an office would."""

import csv
import io
from dataclasses import dataclass

import openpyxl


@dataclass(frozen=True)
class Sheet:
    """What stands in a file: lines before the header, header, rows, and what follows."""

    before: list[str]
    header: list[str]
    rows: list[list[object]]
    after: list[str]

    def column(self, title: str) -> list[object]:
        """Return one column's values."""
        return [row[self.header.index(title)] for row in self.rows]


def read_csv(data: bytes, encoding: str = "utf-8-sig") -> Sheet:
    """Read a csv; lines that start with # are notes."""
    lines = list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
    notes = [line[0] for line in lines if line and line[0].startswith("#")]
    table = [line for line in lines if not (line and line[0].startswith("#"))]
    return Sheet([], table[0], [list(line) for line in table[1:]], notes)


def read_xlsx(data: bytes) -> Sheet:
    """Read an xlsx: title and subtitle, header in the third row, rows until 合计, then notes and signatures."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    before = [str(line[0]) for line in lines[:2]]
    header = [str(value) for value in lines[2]]
    end = next((n for n, line in enumerate(lines) if line[0] == "合计"), len(lines))
    return Sheet(before, header, lines[3:end], [str(line[0]) for line in lines[end:] if line[0] is not None])
