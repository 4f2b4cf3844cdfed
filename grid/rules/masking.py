"""Hide personal data for lists, exports and public pages (domain handbook §15, masking)."""

import re

from grid.core.words.service import RELATION_LABELS, SignerRelation

_SURNAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 "
    "西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 淳于 达奚 褚师 纳兰 完颜"
)  # fmt: skip
COMPOUND_SURNAMES = frozenset(_SURNAMES.split())

# A variation selector belongs to the character before it; cutting between them would show another glyph.
_GLYPH = re.compile(r".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)
_COMMUNITY = re.compile(r"^.*?(?:社区|居委会|居民委员会|村委会|村民委员会|村)")
_STREET = re.compile(r"^.*?(?:街道|镇|乡)")
_DISTRICT = re.compile(r"^.*?(?:区|县|市)")
_CASE_NO = re.compile(r"^(（\d{4}）\D+\d*\D+)(\d+)(号.*)$")
_LANDLINE = re.compile(r"^(0\d{2,3})-?(\d{7,8})")


def mask_name(name: str) -> str:
    """Return the surname and one star (张*, 欧阳*); a name with a middle dot keeps its first character (买*·*)."""
    glyphs = _GLYPH.findall(name)
    if len(glyphs) < 2:
        return "*"
    if "·" in name:
        return f"{glyphs[0]}*·*"
    surname = "".join(glyphs[:2])
    if len(glyphs) > 2 and surname in COMPOUND_SURNAMES:
        return f"{surname}*"
    return f"{glyphs[0]}*"


def mask_party_name(name: str, *, natural: bool) -> str:
    """Return a person's name masked and an organisation's name as it is (it is public in the register)."""
    return mask_name(name) if natural else name


def mask_id(number: str) -> str:
    """Return the first 6 and last 4 characters of an identity number; shorter than 15 shows nothing."""
    if len(number) < 15:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def mask_phone(number: str) -> str:
    """Return 138****5678, or the area code and last two digits of a landline."""
    landline = _LANDLINE.match(number)
    if landline:
        area, local = landline.groups()
        return f"{area}-{'*' * (len(local) - 2)}{local[-2:]}"
    if len(number) < 11:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_address(address: str) -> str:
    """Return the address down to the community (else street, else district), the rest hidden."""
    for level in (_COMMUNITY, _STREET, _DISTRICT):
        found = level.match(address)
        if found:
            return f"{found.group()}***"
    return "***"


def mask_card(number: str) -> str:
    """Return the last 4 digits of a bank card; shorter than 12 shows nothing."""
    if len(number) < 12:
        return "*" * len(number)
    return "*" * (len(number) - 4) + number[-4:]


def mask_case_no(case_no: str) -> str:
    """Return a case number with the serial hidden, its last two digits shown when it has four or more."""
    found = _CASE_NO.match(case_no)
    if not found:
        return "***"
    head, serial, tail = found.groups()
    shown = serial[-2:] if len(serial) >= 4 else ""
    return f"{head}{'*' * (len(serial) - len(shown))}{shown}{tail}"


def signer_words(masked: str, relation: str) -> str:
    """Return who signed as registers show it: 张*（同住成年家属）; '' when nobody did."""
    if not masked or not relation:
        return ""
    return f"{masked}（{RELATION_LABELS[SignerRelation(relation)]}）"
