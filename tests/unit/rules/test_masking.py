"""What a masked name, number or address still shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.rules import masking


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"), ("张三丰", "张*"), ("欧阳修", "欧阳*"), ("司马相如", "司马*"), ("欧阳", "欧*"),
        ("张", "*"), ("", "*"),
        ("买买提·吐尔逊", "买*·*"), ("𠮷田", "𠮷*"), ("葛\U000e0100小明", "葛\U000e0100*"), ("John Smith", "J*"),
    ],
)  # fmt: skip
def test_names(name: str, masked: str) -> None:
    assert masking.mask_name(name) == masked


def test_an_organisation_keeps_its_name() -> None:
    assert masking.mask_party_name("马鞍山某某商贸有限公司", natural=False) == "马鞍山某某商贸有限公司"
    assert masking.mask_party_name("张三", natural=True) == "张*"


@pytest.mark.parametrize(
    ("mask", "text", "masked"),
    [
        (masking.mask_id, "11010519491231002X", "110105********002X"),
        (masking.mask_id, "110105491231002", "110105*****1002"),
        (masking.mask_id, "1101054912", "**********"),
        (masking.mask_phone, "13812345678", "138****5678"),
        (masking.mask_phone, "0555-2345678", "0555-*****78"),
        (masking.mask_phone, "05552345678", "0555-*****78"),
        (masking.mask_phone, "0555-2345678-801", "0555-*****78"),
        (masking.mask_phone, "10086", "*****"),
        (masking.mask_card, "4111111111111111", "************1111"),
        (masking.mask_card, "41111111", "********"),
        (masking.mask_card, "411111111111", "********1111"),
        (masking.mask_card, "41111111111", "***********"),
        (masking.mask_address, "马鞍山市花山区湖东路街道东苑社区3栋201室", "马鞍山市花山区湖东路街道东苑社区***"),
        (masking.mask_address, "花山区霍里街道丰收村12号", "花山区霍里街道丰收村***"),
        (masking.mask_address, "花山区沙塘路街道湖南路8号", "花山区沙塘路街道***"),
        (masking.mask_address, "花山区湖南路8号", "花山区***"),
        (masking.mask_address, "湖南路8号201", "***"),
        (masking.mask_case_no, "（2024）皖0503执1234号", "（2024）皖0503执**34号"),
        (masking.mask_case_no, "（2024）皖0503执恢123号之一", "（2024）皖0503执恢***号之一"),
        (masking.mask_case_no, "（2024）最高法执监12345号", "（2024）最高法执监***45号"),
        (masking.mask_case_no, "马仲裁字12号", "***"),
    ],
)  # fmt: skip
def test_numbers_and_addresses(mask, text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.text(min_size=3, max_size=8, alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_a_masked_name_never_shows_the_last_character(name: str) -> None:
    masked = masking.mask_name(name)
    assert masked.endswith("*")
    assert len(masked) <= 3


@given(st.from_regex(r"\A[0-9]{17}[0-9X]\Z"))
def test_a_masked_number_hides_eight_digits(number: str) -> None:
    assert masking.mask_id(number).count("*") == 8


def test_who_signed_in_words() -> None:
    assert masking.signer_words("张*", "cohabiting_adult") == "张*（同住成年家属）"
    assert masking.signer_words("", "self") == masking.signer_words("张*", "") == ""
