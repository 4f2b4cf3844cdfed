"""Names and codes of the register fit into a token."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.rules.tokens import build
from grid.rules.tokenwords import token_grid, token_name
from tests.vectors.good_tokens import BASE_RECEIPT


@given(st.text(), st.text())
def test_any_name_and_code_of_the_register_fit(name, code):
    build(replace(BASE_RECEIPT, name=token_name(name), grid=token_grid(code)))


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("张*", "张*"),
        ("欧阳*", "欧阳*"),
        ("买*·*", "买*·*"),
        ("马鞍山某某商贸有限公司", "马鞍*公司"),
        ("某某公司", "某*"),
        ("361度", "3*"),
        ("13800005678", "*"),
        ("张*13800005678", "张*"),
        ("马鞍山某某2021号商贸有限责任公司", "马鞍*公司"),
        ("马鞍山市花山区某某*经营服务有限责任公司", "马鞍山市花山区某某*公司"),
        ("张\u200b\u202e*", "张*"),
        ("", "*"),
        (" ", "*"),
    ],
)
def test_names_are_masked_for_whoever_holds_the_paper(shown, written):
    assert token_name(shown) == written


@pytest.mark.parametrize("code", ["340503001002", "HL-07", "0", "007", "Z" * 24])
def test_usual_cell_codes_stay(code):
    assert token_grid(code) == code


@pytest.mark.parametrize("code", ["", "Z" * 25, "霍里 7", "-1", "a\n"])
def test_other_cell_codes_are_named_by_their_hash(code):
    assert token_grid(code).startswith("h-")
    assert token_grid(code) != token_grid(code + "1")
