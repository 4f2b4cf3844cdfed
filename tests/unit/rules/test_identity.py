"""Numbers of cases, people, companies, phones, plates and cards: what passes, what warns, what is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.identity import BadFormat
from grid.rules import identity
from grid.rules.identity import Checked

VALID_ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("（2024）皖0503执1234号", "（2024）皖0503执1234号"),
        ("(2024)皖0503执1234号", "（2024）皖0503执1234号"),
        (" （２０２４） 皖０５０３ 执恢 ８８ 号 ", "（2024）皖0503执恢88号"),
        ("〔2024〕皖0503执保0007号", "（2024）皖0503执保7号"),
        ("[2024]皖05执复12号", "（2024）皖05执复12号"),
        ("(2024)皖执监3号", "（2024）皖执监3号"),
        ("(2024)最高法执监3号", "（2024）最高法执监3号"),
        ("(2024)皖0503执1234号之一", "（2024）皖0503执1234号之一"),
        ("(2024)皖0503执1234号之十二", "（2024）皖0503执1234号之十二"),
        ("(2024)皖0503行审6号", "（2024）皖0503行审6号"),
        ("(2024)皖0503司救执6号", "（2024）皖0503司救执6号"),
        ("(2024)皖0503财保6号", "（2024）皖0503财保6号"),
    ],
)
def test_case_numbers_are_stored_full_width(typed: str, stored: str) -> None:
    assert identity.check_case_no(typed) == Checked(stored)
    assert identity.check_case_no(stored) == Checked(stored)


@pytest.mark.parametrize(
    "typed",
    [
        "", "2024皖0503执1234号", "（2024）皖0503执1234", "（24）皖0503执1号", "（2024）皖0503民初1号",
        "（2024）皖0503执0号",
        "（2024）皖05033执1号", "（2024）WAN0503执1号", "（2024）皖0503执12a号", "（2024）皖0503执1号之11",
        "（2024）皖0503执1234号x", "（2024）皖0503执٣号", "（2024）皖0503执1234567890号",
    ],
)  # fmt: skip
def test_other_case_numbers_are_refused(typed: str) -> None:
    with pytest.raises(BadFormat) as caught:
        identity.check_case_no(typed)
    assert caught.value.facts == {"what": "case_no"}


def test_the_parts_of_a_case_number() -> None:
    found = identity.parse_case_no("(2024)皖0503执恢1234号之二")
    assert (found.year, found.court, found.type, found.serial, found.tail) == (2024, "皖0503", "执恢", 1234, "之二")


@pytest.mark.parametrize(
    ("typed", "stored", "warns"),
    [
        ("(2023)皖0503民初567号", "（2023）皖0503民初567号", False),
        ("（2023）马仲裁字第12号", "（2023）马仲裁字第12号", False),
        ("马仲裁字[2023]第12号", "马仲裁字[2023]第12号", True),
        ("（2023）皖马证执字12号 ", "（2023）皖马证执字12号", False),
        ("公证", "公证", True),
        ("文" * 60, "文" * 60, True),
    ],
)
def test_title_instruments(typed: str, stored: str, warns: bool) -> None:
    checked = identity.check_title_instrument(typed)
    assert checked.value == stored
    assert bool(checked.warning) is warns


@pytest.mark.parametrize("typed", ["", "字", "文" * 61])
def test_title_instruments_of_senseless_length(typed: str) -> None:
    with pytest.raises(BadFormat):
        identity.check_title_instrument(typed)


@pytest.mark.parametrize(
    "typed", [VALID_ID, "11010519491231002x", " 110105 19491231 002Ｘ", "１１０１０５19491231002X"]
)
def test_identity_numbers_are_normalised(typed: str) -> None:
    assert identity.check_id_no(typed) == Checked(VALID_ID)


@pytest.mark.parametrize(
    "typed",
    [
        "", "110105194912310021", "1101051949123100", "11010519491331002X", "11010519490230002X", "99010519491231002X",
        "11010519491231002Y", "110105491331002", "11010518491231002X",
    ],
)  # fmt: skip
def test_wrong_identity_numbers_are_refused_without_echo(typed: str) -> None:
    with pytest.raises(BadFormat) as caught:
        identity.check_id_no(typed)
    assert not typed or typed not in caught.value.detail


def test_the_legacy_number_warns() -> None:
    checked = identity.check_id_no("110105491231002")
    assert checked.value == "110105491231002"
    assert "15位" in checked.warning
    assert identity.born_on("110105491231002") == date(1949, 12, 31)


def test_nobody_is_born_tomorrow() -> None:
    assert identity.check_id_no(VALID_ID, date(1949, 12, 31)).value == VALID_ID
    with pytest.raises(BadFormat, match="出生日期"):
        identity.check_id_no(VALID_ID, date(1949, 12, 30))


def id_number(born: date, area: str = "340503", order: str = "001") -> str:
    body = f"{area}{born:%Y%m%d}{order}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, place: int, step: int) -> None:
    number = id_number(born)
    assert identity.check_id_no(number).value == number
    assert identity.born_on(number) == born
    spoiled = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(BadFormat):
        identity.check_id_no(spoiled)


@pytest.mark.parametrize(
    ("born", "area", "passes"),
    [
        (date(1850, 1, 1), "340503", True), (date(1849, 12, 31), "340503", False), (date(1980, 5, 1), "100503", False),
        (date(1980, 5, 1), "830000", True), (date(1980, 5, 1), "660503", False),
    ],
)  # fmt: skip
def test_area_and_year_are_looked_at_beside_the_check_digit(born: date, area: str, passes: bool) -> None:
    number = id_number(born, area)
    if passes:
        assert identity.check_id_no(number).value == number
    else:
        with pytest.raises(BadFormat, match=r"省级代码|出生日期"):
            identity.check_id_no(number)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2012, 12, 31), date(2026, 1, 1), 13),
    ],
)
def test_age_in_full_years(born: date, day: date, age: int) -> None:
    assert identity.age_on(id_number(born), day) == age


@pytest.mark.parametrize("typed", ["91440300738816612N", "91440300738816612n", " 9144 0300 7388 1661 2N"])
def test_credit_codes(typed: str) -> None:
    assert identity.check_credit_code(typed) == Checked("91440300738816612N")


@pytest.mark.parametrize(
    "typed", ["91440300738816612M", "9144030073881661", "9144030073881661IN", "91440300738816621N"]
)
def test_wrong_credit_codes(typed: str) -> None:
    with pytest.raises(BadFormat):
        identity.check_credit_code(typed)


Check = Callable[[str], Checked]


@pytest.mark.parametrize(
    ("check", "typed", "stored"),
    [
        (identity.check_mobile, "138 1234 5678", "13812345678"),
        (identity.check_mobile, "+86-138-1234-5678", "13812345678"),
        (identity.check_mobile, "0086１３８１２３４５６７８", "13812345678"),
        (identity.check_phone, "19912345678", "19912345678"),
        (identity.check_phone, "0555-2345678", "0555-2345678"),
        (identity.check_phone, "05552345678", "0555-2345678"),
        (identity.check_phone, "0555-2345678转801", "0555-2345678-801"),
        (identity.check_plate, "皖E·12345", "皖E12345"),
        (identity.check_plate, "皖e1a2b3", "皖E1A2B3"),
        (identity.check_plate, "皖ED12345", "皖ED12345"),
        (identity.check_plate, "皖EDF1234", "皖EDF1234"),
        (identity.check_plate, "皖E12345D", "皖E12345D"),
        (identity.check_plate, "皖E1234学", "皖E1234学"),
        (identity.check_postcode, "243000", "243000"),
        (identity.check_bank_card, "6222 0212 3456 7890 128", "6222021234567890128"),
        (identity.check_bank_card, "4111-1111-1111-1111", "4111111111111111"),
    ],
)
def test_numbers_that_pass(check: Check, typed: str, stored: str) -> None:
    assert check(typed).value == stored
    assert check(stored).value == stored


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (identity.check_mobile, "12812345678"), (identity.check_mobile, "1381234567"),
        (identity.check_mobile, "138123456789"), (identity.check_phone, "2345678"), (identity.check_phone, "0555-23"),
        (identity.check_plate, "皖I12345"), (identity.check_plate, "X12345"), (identity.check_plate, "皖E1234567"),
        (identity.check_plate, "皖E1234O"), (identity.check_postcode, "24300"), (identity.check_postcode, "24300a"),
        (identity.check_bank_card, "1234"), (identity.check_bank_card, "4111111111111111x"),
    ],
)  # fmt: skip
def test_numbers_that_do_not(check: Check, typed: str) -> None:
    with pytest.raises(BadFormat):
        check(typed)


LUHN = ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117", "3530111333300000"]


@given(st.sampled_from(LUHN), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_card_digit_always_warns(card: str, place: int, step: int) -> None:
    assert identity.check_bank_card(card).warning == ""
    spoiled = card[:place] + str((int(card[place]) + step) % 10) + card[place + 1 :]
    assert identity.check_bank_card(spoiled).warning


def test_numbers_that_only_warn() -> None:
    assert identity.check_bank_card("4111111111111112").warning
    assert not identity.check_bank_card("4111111111111111").warning
    assert identity.check_postcode("100000").warning
    assert not identity.check_postcode("243000").warning


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("　ＡＢＣ（１２３）　", "ABC(123)"),
        ("！～｟", "!~｟"),
        ("湖东路\u200b  88\u00a0号\ufeff", "湖东路 88 号"),
        ("第一行\n第二行\t末", "第一行 第二行 末"),
        ("\x00坏\x1f字", "坏字"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_text_is_cleaned(typed: str, clean: str) -> None:
    assert identity.normalise_text(typed) == clean


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = identity.normalise_text(text)
    assert identity.normalise_text(once) == once
    name = identity.normalise_name(text)
    assert identity.normalise_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张 三", "张三"), ("买买提・吐尔逊", "买买提·吐尔逊"), ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"), (" 欧阳　修 ", "欧阳修"),
    ],
)  # fmt: skip
def test_names_are_cleaned(typed: str, name: str) -> None:
    assert identity.normalise_name(typed) == name
