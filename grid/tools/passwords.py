"""Passwords: hashed with argon2id, new ones checked for length, kinds of characters and the obvious choices.

Default cost is the minimum OWASP gives for argon2id (19 MiB, 2 passes, 1 lane).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from grid.core.errors.vault import PasswordTooWeak

MAX_LENGTH = 128
_OBVIOUS = [
    "password",
    "passw0rd",
    "qwerty",
    "asdf",
    "zxcvbn",
    "1qaz2wsx",
    "iloveyou",
    "woaini",
    "admin",
    "root",
    "letmein",
    "welcome",
    "abc123",
    "a1b2c3",
    "test",
    "huashan",
    "huashanqu",
    "maanshan",
    "wangge",
    "wanggeyuan",
    "fayuan",
    "zhixing",
    "zhongzhi",
    "gridassist",
    "123qwe",
    "qaz123",
    "5201314",
    "1314520",
    "888888",
    "666666",
    "168168",
    "147258",
    "159357",
    "112233",
    "123321",
]
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba")


@dataclass(frozen=True)
class PasswordPolicy:
    """What a new password must be; settings of the court (complexity: GB/T 22239-2019, 8.1.4.1)."""

    min_length: int = 10
    min_classes: int = 2


@dataclass(frozen=True)
class ArgonCost:
    """What one hash costs: memory in KiB, passes, lanes."""

    memory_kib: int = 19_456
    passes: int = 2
    lanes: int = 1


CHEAP_COST = ArgonCost(memory_kib=64, passes=1)  # for test suites that sign in hundreds of times


class Passwords:
    """Hash and verify; safe for threads."""

    def __init__(self, cost: ArgonCost | None = None, policy: PasswordPolicy | None = None) -> None:
        cost = cost or ArgonCost()
        self._policy = policy or PasswordPolicy()
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes, hash_len=32, salt_len=16, type=Type.ID)
        self._nobody = self._hasher.hash("nobody signs in with this")

    def hash(self, password: str) -> str:
        """Return the PHC string of a password (about 97 characters)."""
        return self._hasher.hash(_normal(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether a password fits; an unknown account (None) costs the same time and is False."""
        if len(password) > MAX_LENGTH:
            return False
        try:
            self._hasher.verify(stored or self._nobody, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Tell whether a hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(stored)

    def check_new(self, password: str, personal: Iterable[str] = ()) -> None:
        """Raise PasswordTooWeak unless a new password is good; `personal` are name, account, phone, id number."""
        text = _normal(password)
        policy = self._policy
        if not policy.min_length <= len(text) <= MAX_LENGTH:
            raise PasswordTooWeak(f"密码需要 {policy.min_length} 到 {MAX_LENGTH} 个字符")
        if _classes(text) < policy.min_classes:
            raise PasswordTooWeak(f"请至少混用 {policy.min_classes} 类字符：大写字母、小写字母、数字、符号或汉字")
        lowered = text.casefold()
        if any(_contains_personal(lowered, fact) for fact in personal):
            raise PasswordTooWeak("密码不能包含您的账号、姓名、手机号或证件号")
        if len(_without_obvious(lowered)) < policy.min_length // 2:
            raise PasswordTooWeak("密码太常见或太有规律，请换一个别人猜不到的")


def _normal(password: str) -> str:
    """NFKC, so that a full-width digit typed with a Chinese keyboard is the same digit."""
    return unicodedata.normalize("NFKC", password)


def _classes(text: str) -> int:
    kinds = {
        "upper" if c.isascii() and c.isupper()
        else "lower" if c.isascii() and c.islower()
        else "digit" if c.isdigit()
        else "other"
        for c in text
    }  # fmt: skip
    return len(kinds)


def _contains_personal(lowered: str, fact: str) -> bool:
    known = _normal(fact).casefold()
    if len(known) >= 8 and known.isascii() and (known[-6:] in lowered or known[:8] in lowered):
        return True  # the tail of a phone number, the head of an account
    return len(known) >= 2 and known in lowered


def _without_obvious(lowered: str) -> str:
    """Return what a guesser would still have to find: without common words, runs and repeats."""
    for word in _OBVIOUS:
        lowered = lowered.replace(word, "")
    kept = ""
    for position, char in enumerate(lowered):
        previous = lowered[position - 1] if position else ""
        if char == previous or any(previous + char in run for run in _RUNS if previous):
            continue
        kept += char
    return kept
