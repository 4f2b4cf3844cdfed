"""Read csv as offices save it: UTF-8, GB18030 or UTF-16; commas, tabs or semicolons."""

import codecs
import csv
import io
from collections.abc import Iterator

from grid.core.errors.tables import TableDamaged, TableTooLarge, TableUnsupported

_DELIMITERS = ",\t;，"
_SAMPLE_LINES = 40


def decode(content: bytes) -> str:
    """Return the text of a csv file; raises TableUnsupported when it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise TableUnsupported
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnsupported("文件的文字编码无法识别，请另存为 UTF-8 编码的 .csv 或 .xlsx")


def csv_rows(content: bytes, max_rows: int) -> Iterator[list[str]]:
    """Yield the records of a csv file; raises TableUnsupported, TableTooLarge, TableDamaged."""
    text = decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        for number, row in enumerate(reader, 1):
            if number > max_rows:
                raise TableTooLarge(f"超过 {max_rows} 行，请分成几个文件导入")
            yield row
    except csv.Error as error:
        # One field longer than 128 KB: an open quotation mark swallowed the rest.
        raise TableDamaged("有一个引号没有成对，请检查后再导入") from error


def _delimiter(text: str) -> str:
    lines = text[:20_000].splitlines()[:_SAMPLE_LINES]
    # A separator stands equally often in many lines; a comma in prose does not.
    return max(_DELIMITERS, key=lambda mark: sum(sorted((line.count(mark) for line in lines), reverse=True)[:10]))
