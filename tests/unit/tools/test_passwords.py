"""Passwords are kept as argon2id and weak new ones are refused with a reason."""

import pytest

from grid.core.errors.vault import PasswordTooWeak
from grid.tools.passwords import CHEAP_COST, ArgonCost, PasswordPolicy, Passwords


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(CHEAP_COST)


def test_the_right_password_fits_and_others_do_not(passwords: Passwords) -> None:
    stored = passwords.hash("濮塘镇的桂花开了2026")
    assert passwords.verify(stored, "濮塘镇的桂花开了2026")
    assert passwords.verify(stored, "濮塘镇的桂花开了２０２６")
    for wrong in ("", "濮塘镇的桂花开了2027", "x" * 100_000):
        assert not passwords.verify(stored, wrong)
    assert not passwords.verify(passwords.hash("x" * 129), "x" * 129)
    assert stored != passwords.hash("濮塘镇的桂花开了2026")


def test_an_unknown_account_never_fits(passwords: Passwords) -> None:
    assert not passwords.verify(None, "nobody signs in with this")
    assert not passwords.verify("", "x")
    assert not passwords.verify("not a hash", "x")


def test_the_default_cost_is_the_owasp_minimum(passwords: Passwords) -> None:
    real = Passwords()
    stored = real.hash("x")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not real.needs_rehash(stored)
    assert real.needs_rehash(passwords.hash("x"))
    assert Passwords(ArgonCost(memory_kib=32_768)).needs_rehash(stored)


@pytest.mark.parametrize("good", ["Guihua-kai-7", "桂花又开了一回呀2026", "correct horse battery", "x9!Lq_0vTz"])
def test_good_passwords_pass(passwords: Passwords, good: str) -> None:
    passwords.check_new(good, ["13855512345", "张三", "wg0012"])


@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        ("Ab1!xyz", "10"),
        ("x1" * 65, "128"),
        ("qwmnrtpxvz", "混用"),
        ("1234567890a", "规律"),
        ("aaaaaaaaaaa1", "规律"),
        ("Password123456", "规律"),
        ("Huashan123456", "规律"),
        ("abcdefg12345", "规律"),
        ("woaini5201314", "规律"),
        ("gh512345!kw", "手机号"),
        ("xx13855512345!", "手机号"),
        ("张三喜欢吃桂花糕呀1", "姓名"),
        ("my-WG0012-key", "账号"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(passwords: Passwords, weak: str, reason: str) -> None:
    with pytest.raises(PasswordTooWeak, match=reason):
        passwords.check_new(weak, ["13855512345", "张三", "wg0012", ""])


def test_the_policy_is_a_setting() -> None:
    strict = Passwords(CHEAP_COST, PasswordPolicy(min_length=14, min_classes=3))
    with pytest.raises(PasswordTooWeak):
        strict.check_new("Guihua-kai-7")
    strict.check_new("Guihua-kai-le-7")
