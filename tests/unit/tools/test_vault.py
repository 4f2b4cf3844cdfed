"""A sealed field opens only where it was sealed, and equal texts are found without being read."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.vault import SealBroken, SealKeyMissing
from grid.tools.vault import KEY_FILE, Vault, VaultUnusable

AAD = "party.name:0198-row"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(tmp_path / "keys", create=True)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault.open(tmp_path_factory.mktemp("keys"), create=True)


@given(text=st.text(), aad=st.text())
def test_what_was_sealed_opens(shared: Vault, text: str, aad: str) -> None:
    sealed = shared.seal(text, aad)
    assert shared.open_sealed(sealed, aad) == text
    assert len(text) < 4 or text not in sealed


def test_the_same_text_never_looks_the_same(vault: Vault) -> None:
    assert len({vault.seal("欧阳·古丽娜尔", AAD) for _ in range(100)}) == 100


def test_a_seal_does_not_open_in_another_row(vault: Vault) -> None:
    sealed = vault.seal("340503199001011234", "party.id_no:one")
    for aad in ("party.id_no:two", "party.phone:one", ""):
        with pytest.raises(SealBroken):
            vault.open_sealed(sealed, aad)


def test_every_changed_character_is_noticed(vault: Vault) -> None:
    sealed = vault.seal("x", AAD)
    assert vault.open_sealed(sealed, AAD) == "x"
    head = sealed.rindex(".") + 1
    # The last character carries unused bits in base64; every other one must matter.
    for position in range(head, len(sealed) - 1):
        other = "A" if sealed[position] != "A" else "B"
        with pytest.raises(SealBroken):
            vault.open_sealed(sealed[:position] + other + sealed[position + 1 :], AAD)


@pytest.mark.parametrize("text", ["", "张三", "s1", "s1.", "s2.x.y", "s1..", "é.x"])
def test_what_is_no_seal_is_refused(vault: Vault, text: str) -> None:
    with pytest.raises((SealBroken, SealKeyMissing)):
        vault.open_sealed(text, AAD)
    with pytest.raises(SealBroken):
        vault.open_sealed(f"s1.{vault.active_key_id}.{text}", AAD)


def test_the_key_file_is_private_and_made_once(tmp_path: Path) -> None:
    vault = Vault.open(tmp_path, create=True)
    path = tmp_path / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sealed = vault.seal("x", AAD)
    assert Vault.open(tmp_path, create=True).open_sealed(sealed, AAD) == "x"
    assert os.listdir(tmp_path) == [KEY_FILE]
    path.chmod(0o640)
    with pytest.raises(VaultUnusable, match="chmod"):
        Vault.open(tmp_path)


def test_no_key_file_no_start(tmp_path: Path) -> None:
    with pytest.raises(VaultUnusable, match="restore"):
        Vault.open(tmp_path)


@pytest.mark.parametrize("change", [{"active": "other"}, {"keys": {"a": "AAAA"}}, {"index_key": "AA=="}, {"keys": 3}])
def test_a_broken_key_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    Vault.open(tmp_path, create=True)
    path = tmp_path / KEY_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(VaultUnusable):
        Vault.open(tmp_path)
    path.write_text("not json")
    with pytest.raises(VaultUnusable):
        Vault.open(tmp_path)


def test_rotation_keeps_the_old_seals_open(tmp_path: Path) -> None:
    before = Vault.open(tmp_path, create=True)
    old = before.seal("张三", AAD)
    key_id = Vault.rotate(tmp_path)
    after = Vault.open(tmp_path)
    assert after.active_key_id == key_id != before.active_key_id
    assert after.open_sealed(old, AAD) == "张三"
    assert after.needs_reseal(old)
    assert not after.needs_reseal(after.seal("张三", AAD))
    assert after.blind_index("张三", "name") == before.blind_index("张三", "name")
    with pytest.raises(SealKeyMissing):
        before.open_sealed(after.seal("x", AAD), AAD)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("34050319900101123X", "３４０５０３１９９００１０１１２３ｘ"),
        ("13855512345", " 138 5551 2345 "),
        ("欧阳·古丽娜尔", "欧阳•古丽娜尔"),
        ("皖0503", "皖０５０３"),
    ],
)
def test_the_index_forgives_how_it_was_typed(vault: Vault, one: str, same: str) -> None:
    assert vault.blind_index(one, "p") == vault.blind_index(same, "p")


def test_the_index_tells_texts_purposes_and_installations_apart(vault: Vault, tmp_path: Path) -> None:
    other = Vault.open(tmp_path / "other", create=True)
    indexes = {
        vault.blind_index("张三", "name"),
        vault.blind_index("张四", "name"),
        vault.blind_index("张三", "phone"),
        other.blind_index("张三", "name"),
    }
    assert len(indexes) == 4
    assert {len(index) for index in indexes} == {64}
