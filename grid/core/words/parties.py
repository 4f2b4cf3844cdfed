"""Words of parties and their addresses."""

from enum import StrEnum


class PartyRole(StrEnum):
    """What a party is in an enforcement case."""

    CREDITOR = "creditor"
    DEBTOR = "debtor"
    OUTSIDER = "outsider"
    THIRD_PARTY = "third_party"


class PersonalField(StrEnum):
    """What may be revealed of a party, one at a time and with a reason."""

    NAME = "name"
    ID_NO = "id_no"
    PHONE = "phone"
    ADDRESS = "address"


class Datum(StrEnum):
    """The grid a coordinate is measured on."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    CGCS2000 = "cgcs2000"


PARTY_ROLE_LABELS: dict[PartyRole, str] = {
    PartyRole.CREDITOR: "申请执行人",
    PartyRole.DEBTOR: "被执行人",
    PartyRole.OUTSIDER: "案外人",
    PartyRole.THIRD_PARTY: "第三人",
}

PERSONAL_FIELD_LABELS: dict[PersonalField, str] = {
    PersonalField.NAME: "姓名",
    PersonalField.ID_NO: "证件号码",
    PersonalField.PHONE: "电话",
    PersonalField.ADDRESS: "地址",
}
