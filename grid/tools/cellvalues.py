"""Turn what stands in a cell into the value it means, or say in Chinese why it cannot be.

Offices type full-width digits, paste with spaces, keep dates as text and let the program turn ids into numbers.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

_EXACT_LIMIT = 10**15  # above this a spreadsheet number has lost its last digits
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d{2,}")
_DATE = re.compile(
    r"(\d{4})\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}[:：]\d{2}.*)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?\s*[份个件次人户岁张套天名]?")
_MONEY = re.compile(r"[¥￥]?\s*(-?\d[\d,]*(?:\.\d+)?)\s*(万)?元?(?:整|正)?")
_AMOUNT_LIMIT = Decimal(10) ** 12
_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1", "√是"])
_NO = frozenset(["否", "无", "不", "×", "x", "✗", "n", "no", "false", "0"])
_EXCEL_EPOCH = date(1899, 12, 30)
_WIDE = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
# Spaces of every kind become a space; what has no width and only hides (BOM, bidi marks, zero-width) goes.
_SPACES = [ord(c) for c in "\u3000\u00a0\u2002\u2003\u2009\t\r\n\v\f"]
_HIDDEN = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0x00AD]
_CLEAN = {**_WIDE, **dict.fromkeys(_SPACES, " "), **dict.fromkeys(_HIDDEN)}
_UNTIDY = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff" + "".join(map(chr, _CLEAN)) + "]")


class CellKind(StrEnum):
    """What a column holds and which Python value comes out."""

    TEXT = "text"  # str, spaces tidied
    CODE = "code"  # str, half-width, no spaces: phone, ID, case number
    COUNT = "count"  # int ≥ 0
    MONEY = "money"  # int, 分
    DATE = "date"  # date
    YESNO = "yesno"  # bool
    CHOICE = "choice"  # one of the column's choices, as its value


class CellRefused(ValueError):
    """A cell cannot be taken; the text is the Chinese reason."""


@dataclass(frozen=True)
class Column:
    """A column a table should have. `choices` maps the words people write to the values that come out."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    kind: CellKind = CellKind.TEXT
    required: bool = False
    note: str = ""  # how to fill it in, for the template
    max_length: int = 200
    choices: Mapping[str, str] = field(default_factory=dict)


def convert(value: Any, column: Column) -> Any:
    """Return the value a cell means, None when it is empty; raises CellRefused."""
    if isinstance(value, str):
        value = tidy(value)
        if value.startswith("="):
            value = _quoted_number(value)
    if value is None or value == "":
        return None
    return _CONVERTERS[column.kind](value, column)


def tidy(text: str) -> str:
    """Return text with half-width digits and letters, single spaces and nothing invisible."""
    if _UNTIDY.search(text):
        text = text.translate(_CLEAN)
        # Characters newer than this Python are unassigned to it and still somebody's name: only controls go.
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(text.split()) if " " in text else text


def _quoted_number(text: str) -> str:
    # ="00123" is how people keep leading zeros in csv; anything else with = is a formula.
    inner = text[2:-1]
    if len(text) > 3 and text[1] == '"' and text[-1] == '"' and '"' not in inner and not inner.startswith("="):
        return inner
    raise CellRefused("这一格是公式，请改为填写结果")


def _text(value: Any, column: Column) -> str:
    text = value if isinstance(value, str) else _as_text(value)
    if len(text) > column.max_length:
        raise CellRefused(f"太长，最多 {column.max_length} 个字")
    return text


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        if abs(value) >= _EXACT_LIMIT:
            raise CellRefused("这一格被存成了数字，后几位已丢失；请把该列设为“文本”格式后重新填写")
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    raise CellRefused("不能识别这一格的内容")


def _code(value: Any, column: Column) -> str:
    if isinstance(value, date | time | timedelta):
        raise CellRefused("这一格被存成了日期；请把该列设为“文本”格式后重新填写")
    text = _text(value, column)
    if not text.isalnum() or not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace(" ", "").lstrip("'")
    text = text.upper()
    if "E" in text and _SCIENTIFIC.fullmatch(text):
        raise CellRefused("这一格被存成了数字，后几位已丢失；请把该列设为“文本”格式后重新填写")
    return text


def _count(value: Any, column: Column) -> int:
    if isinstance(value, float | int) and not isinstance(value, bool):
        if value < 0 or value != int(value) or value >= 10**9:
            raise CellRefused("应填整数")
        return int(value)
    found = _COUNT.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise CellRefused("应填整数")
    return int(found[1])


def _money(value: Any, column: Column) -> int:
    if isinstance(value, str):
        found = _MONEY.fullmatch(unicodedata.normalize("NFKC", value))
        if not found:
            raise CellRefused("应填金额，例如 12345.00")
        yuan = Decimal(found[1].replace(",", "")) * (10_000 if found[2] else 1)
    elif isinstance(value, float | int) and not isinstance(value, bool):
        try:
            # A float carries noise after 15 digits; the office meant what it saw.
            yuan = Decimal(f"{value:.15g}")
        except InvalidOperation:
            raise CellRefused("应填金额，例如 12345.00") from None
    else:
        raise CellRefused("应填金额，例如 12345.00")
    fen = yuan * 100
    if not 0 <= yuan < _AMOUNT_LIMIT:
        raise CellRefused("金额不能是负数，也不能过大")
    if fen != fen.to_integral_value():
        raise CellRefused("金额最多到分（两位小数）")
    return int(fen)


def _date(value: Any, column: Column) -> date:
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    else:
        found = _date_from_text(str(int(value)) if _is_whole(value) else value)
    if not 1900 <= found.year <= 2100:
        raise CellRefused("日期不合理，请核对年份")
    return found


def _is_whole(value: Any) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool) and abs(value) < 1e9 and value == int(value)


def _date_from_text(text: Any) -> date:
    reason = "应填日期，例如 2026-12-06"
    if not isinstance(text, str):
        raise CellRefused(reason)
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise CellRefused("没有这一天，请核对日期") from None
    if text.isdigit() and len(text) == 5 and 30_000 < int(text) < 75_000:
        return _EXCEL_EPOCH + timedelta(days=int(text))  # a date whose cell was formatted as a number
    raise CellRefused(reason)


def _yesno(value: Any, column: Column) -> bool:
    word = str(int(value)) if _is_whole(value) else str(value).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused("应填“是”或“否”")


def _choice(value: Any, column: Column) -> str:
    word = plain(_text(value, column))
    for written, meant in column.choices.items():
        if plain(written) == word:
            return meant
    allowed = "、".join(list(column.choices)[:12])
    raise CellRefused(f"应从以下选择：{allowed}")


def plain(text: str) -> str:
    """Return text as titles and choices are compared: NFKC, no spaces, no case, no marks that only say "required"."""
    return re.sub(r"[\s*★:]+", "", unicodedata.normalize("NFKC", tidy(text))).casefold()


_CONVERTERS: dict[CellKind, Callable[[Any, Column], Any]] = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.COUNT: _count,
    CellKind.MONEY: _money,
    CellKind.DATE: _date,
    CellKind.YESNO: _yesno,
    CellKind.CHOICE: _choice,
}
