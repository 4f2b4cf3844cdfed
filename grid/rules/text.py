"""Clean what people type or paste, before any rule looks at it."""

import re

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)
_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")", "﹝": "(", "﹞": ")"})
_SPACES = re.compile(r"\s+")
# Anything normalise_text would change; most texts hold none of it, and looking is much cheaper than translating.
_UNTIDY = re.compile(
    r"[\uff01-\uff5e\u3000\u00a0\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
    r"|\s\s|^\s|\s$|[^\S ]"
)
_DOTTED = re.compile("[・•‧∙⋅•･．]")


def normalise_text(text: str) -> str:
    """Return text with half-width letters, digits and brackets, single spaces, no invisible characters, trimmed."""
    if not _UNTIDY.search(text):
        return text
    return _SPACES.sub(" ", _INVISIBLE.sub("", text.translate(_HALF_WIDTH))).strip()


def compact(text: str) -> str:
    """Return normalised text without any space: for numbers."""
    return normalise_text(text).replace(" ", "")


def normalise_name(text: str) -> str:
    """Return a name with one kind of middle dot; a Chinese name loses its spaces, a Latin one keeps them."""
    name = normalise_text(_DOTTED.sub("·", text))
    return name if " " not in name or re.search(r"[A-Za-z]", name) else name.replace(" ", "")


def round_brackets(text: str) -> str:
    """Return compact text whose brackets of any kind are half-width round ones."""
    return compact(text).translate(_BRACKETS)
