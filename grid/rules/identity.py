"""Check and normalise the numbers of cases, people, companies, phones, plates and cards (domain handbook §2, §15.1).

Every check returns Checked(value, warning): the stored spelling and, where the number is odd but possible, a
Chinese sentence. What cannot be right raises BadFormat, whose detail never repeats the number.
"""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from grid.core.errors.identity import BadFormat
from grid.rules.masking import (
    mask_address,
    mask_card,
    mask_case_no,
    mask_id,
    mask_name,
    mask_party_name,
    mask_phone,
)
from grid.rules.text import compact, normalise_name, normalise_text, round_brackets

__all__ = [
    "CaseNo", "Checked", "age_on", "born_on", "check_bank_card", "check_case_no", "check_credit_code", "check_id_no",
    "check_mobile", "check_phone", "check_plate", "check_postcode", "check_title_instrument", "mask_address",
    "mask_card", "mask_case_no", "mask_id", "mask_name", "mask_party_name", "mask_phone", "normalise_name",
    "normalise_text", "parse_case_no",
]  # fmt: skip

_CASE_NO = re.compile(
    r"\((?P<year>\d{4})\)(?P<court>最高法|[\u4e00-\u9fa5]\d{0,4})"
    r"(?P<type>执恢|执保|执异|执复|执监|执协|执他|执|财保|行审|司救执)(?P<serial>\d{1,9})号"
    r"(?P<tail>(?:之[一二三四五六七八九十]+)?)",
    re.ASCII,
)
_TITLE = re.compile(r"\(\d{4}\).{2,20}号", re.ASCII)
_AREAS = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
_ID_AREAS = frozenset(_AREAS.split())
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(0\d{2,3})-?(\d{7,8})(?:(?:-|转)(\d{1,6}))?", re.ASCII)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]"
    r"|[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A number in its stored spelling, and a Chinese warning or ''."""

    value: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class CaseNo:
    """The parts of an enforcement case number; text is the stored, full-width spelling."""

    text: str
    year: int
    court: str
    type: str
    serial: int
    tail: str


def _bad(what: str, reason: str) -> BadFormat:
    return BadFormat(reason, what=what)


def parse_case_no(text: str) -> CaseNo:
    """Return the parts of an enforcement case number typed with any brackets, widths and spaces."""
    found = _CASE_NO.fullmatch(round_brackets(text))
    if not found or int(found["serial"]) == 0:
        raise _bad("case_no", "案号格式不对，应如（2024）皖0503执1234号")
    year, court, kind, tail = found["year"], found["court"], found["type"], found["tail"]
    serial = int(found["serial"])
    return CaseNo(f"（{year}）{court}{kind}{serial}号{tail}", int(year), court, kind, serial, tail)


def check_case_no(text: str) -> Checked:
    """Return an enforcement case number in full-width brackets."""
    return Checked(parse_case_no(text).text)


def check_title_instrument(text: str) -> Checked:
    """Return the number of the title instrument; awards and notarial deeds in free text pass with a warning."""
    clean = round_brackets(text)
    if _TITLE.fullmatch(clean):
        return Checked(f"（{clean[1:5]}）{clean[6:]}")
    free = normalise_text(text)
    if not 2 <= len(free) <= 60:
        raise _bad("title_instrument", "执行依据文号应为2至60个字，如（2023）皖0503民初567号")
    return Checked(free, "与裁判文书的文号格式不同；仲裁裁决、公证书可以保存，请核对")


def check_id_no(text: str, today: date | None = None) -> Checked:
    """Return a resident identity number in upper case; the 15-digit legacy form passes with a warning (GB 11643)."""
    return _read_id_no(text, today)[0]


def _read_id_no(text: str, today: date | None) -> tuple[Checked, date]:
    number = compact(text).upper()
    legacy = re.fullmatch(r"\d{15}", number, re.ASCII) is not None
    if not legacy and not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise _bad("id_no", "身份证号应为18位，最后一位可以是X")
    if number[:2] not in _ID_AREAS:
        raise _bad("id_no", "身份证号前两位不是有效的省级代码")
    digits = f"19{number[6:12]}" if legacy else number[6:14]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _bad("id_no", "身份证号里的出生日期不对") from None
    if born.year < 1850 or (today is not None and born > today):
        raise _bad("id_no", "身份证号里的出生日期不对")
    if legacy:
        return Checked(number, "这是15位老身份证号，请核对是否有新号码"), born
    total = sum(map(mul, _ID_WEIGHTS, map(int, number[:17])))
    if _ID_CHECKS[total % 11] != number[17]:
        raise _bad("id_no", "身份证号校验位不对，请逐位核对")
    return Checked(number), born


def born_on(id_no: str) -> date:
    """Return the birth date in a valid identity number; raises BadFormat."""
    return _read_id_no(id_no, None)[1]


def age_on(id_no: str, day: date) -> int:
    """Return full years of age on a date; somebody born on 29 February turns older on 1 March of a common year."""
    born = born_on(id_no)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_credit_code(text: str) -> Checked:
    """Return a unified social credit code in upper case (GB 32100)."""
    code = compact(text).upper()
    if len(code) != 18 or any(char not in _CREDIT_ALPHABET for char in code):
        raise _bad("credit_code", "统一社会信用代码应为18位数字和字母，不含I、O、S、V、Z")
    total = sum(weight * _CREDIT_ALPHABET.index(char) for weight, char in zip(_CREDIT_WEIGHTS, code[:17], strict=True))
    if _CREDIT_ALPHABET[(31 - total % 31) % 31] != code[17]:
        raise _bad("credit_code", "统一社会信用代码校验位不对，请逐位核对")
    return Checked(code)


def check_mobile(text: str) -> Checked:
    """Return an 11-digit mobile number without country code, spaces or hyphens."""
    digits = compact(text).replace("-", "")
    digits = digits.removeprefix("+86").removeprefix("0086")
    if not _MOBILE.fullmatch(digits):
        raise _bad("mobile", "手机号应为11位，以1开头")
    return Checked(digits)


def check_phone(text: str) -> Checked:
    """Return a mobile number, or a landline as 0555-1234567 with an extension after a second hyphen."""
    found = _LANDLINE.fullmatch(compact(text))
    if not found:
        try:
            return check_mobile(text)
        except BadFormat:
            raise _bad("phone", "电话应为11位手机号，或带区号的座机，如0555-1234567") from None
    area, local, extension = found.groups()
    return Checked(f"{area}-{local}" + (f"-{extension}" if extension else ""))


def check_plate(text: str) -> Checked:
    """Return a number plate in upper case, the 8-character new-energy plate included."""
    plate = compact(text).upper().replace("·", "").replace("-", "")
    if not _PLATE.fullmatch(plate):
        raise _bad("plate", "车牌号格式不对，应如皖E12345或皖ED12345")
    return Checked(plate)


def check_postcode(text: str) -> Checked:
    """Return a 6-digit postcode; one outside 马鞍山 (243xxx) passes with a warning."""
    code = compact(text)
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        raise _bad("postcode", "邮政编码应为6位数字")
    return Checked(code, "" if code.startswith("243") else "不是马鞍山市的邮政编码，请核对")


def check_bank_card(text: str) -> Checked:
    """Return a bank card number of 12 to 19 digits; a failing Luhn digit is only a warning."""
    digits = compact(text).replace("-", "")
    if not re.fullmatch(r"\d{12,19}", digits, re.ASCII):
        raise _bad("bank_card", "银行卡号应为12至19位数字")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return Checked(digits, "" if total % 10 == 0 else "银行卡号校验不通过，请核对")
