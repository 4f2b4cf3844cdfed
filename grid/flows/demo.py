"""The demo district: invented people in every role, with one random password per installation."""

import secrets
from datetime import datetime

from grid.core.words.roles import Role
from grid.flows.court_settings import set_value
from grid.flows.demo_places import places
from grid.flows.people import create_person
from grid.flows.units import create_unit
from grid.models import Unit
from grid.rules.court_settings import DEMO_MODES
from grid.tools.kit import Kit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("建国", "秀兰", "志强", "桂英", "海燕", "文斌", "晓红", "国平", "玉珍", "立新", "春梅", "永康")


def demo_name(n: int) -> str:
    """Return an invented name; every 17th is long, as real ones are."""
    if n % 17 == 5:
        return "欧阳" + GIVEN[n % len(GIVEN)]
    if n % 29 == 7:
        return "阿依古丽·买买提"
    return SURNAMES[n * 7 % len(SURNAMES)] + GIVEN[n * 5 % len(GIVEN)]


def demo_password() -> str:
    """Make the one demo password of this installation: readable, random, 14 characters."""
    letters = "abcdefghjkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def make_district(kit: Kit, now: datetime, password: str) -> dict[str, str]:
    """Create court, district, streets, communities, cells and accounts; returns a demo account per role."""
    court = create_unit(
        None, now, parent=None, kind="court", name="马鞍山市花山区人民法院", code="皖0503",
        facts={"duty_phone": "0555-0000110", "hotline": "12368", "division": "340503",
               "outside": ["雨山区", "博望区", "当涂县", "含山县", "慈湖街道"]},
    )  # fmt: skip
    set_value(None, court.id, "modes", DEMO_MODES, now, reason="演示法院开通转交文书")
    bureau = create_unit(None, now, parent=court, kind="department", name="执行局", code="ZXJ")
    centre = create_unit(None, now, parent=court, kind="department", name="执行指挥中心", code="ZHZX")
    district = create_unit(None, now, parent=court, kind="district", name="花山区综治中心", code="340503")
    accounts: dict[str, str] = {}
    count = 0

    def person(unit: Unit, role: Role, staff_no: str) -> None:
        nonlocal count
        count += 1
        create_person(
            None, now, unit=unit, role=role, name=demo_name(count), staff_no=staff_no,
            phone=f"1990000{count:04d}", password=password, vault=kit.vault, passwords=kit.passwords,
            must_change_password=False, is_committee_staff=count % 3 == 0,
        )  # fmt: skip
        accounts.setdefault(role.value, staff_no)

    for n in (1, 2):
        person(bureau, Role.CASE_OFFICER, f"FG{n:03d}")
    person(centre, Role.COMMAND_CENTRE, "ZH001")
    person(court, Role.COURT_ADMIN, "GL001")
    person(court, Role.AUDITOR, "SJ001")
    person(court, Role.SYSADMIN, "XT001")
    person(district, Role.DISTRICT_CENTRE, "QZ001")
    person(district, Role.ASSESSOR, "KH001")
    units: dict[str, Unit] = {}
    for place in places():
        if place.street not in units:
            code = place.code[:8]
            units[place.street] = create_unit(None, now, parent=district, kind="street", name=place.street, code=code)
            person(units[place.street], Role.STREET_CENTRE, f"JD{code[-2:]}")
        key = place.street + place.community
        if key not in units:
            code = place.code[:10]
            units[key] = create_unit(
                None, now, parent=units[place.street], kind="community", name=place.community, code=code
            )
            person(units[key], Role.GRID_LEADER, f"WZ{code[-4:]}")
        cell = create_unit(
            None, now, parent=units[key], kind="cell", name=place.name, code=place.code, polygon=place.polygon
        )
        person(cell, Role.GRID_WORKER, f"WG{place.code[-6:]}")
    return accounts
