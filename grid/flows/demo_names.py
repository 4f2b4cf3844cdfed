"""Invented people and companies of the demo's cases, long names and long addresses among them."""

from typing import Any

from grid.core.ids import new_id
from grid.flows.demo import demo_name

ROADS = ("测试路", "演示大道", "样例巷", "示范东路", "练习街")
COMPANIES = (
    "马鞍山市演示商贸有限公司",
    "马鞍山市花山区样例建筑安装工程有限责任公司第三分公司",
    "安徽测试物流股份有限公司",
)
LONG = "示范大道一百二十三号幸福家园小区东区二期第十八栋三单元二十五层二千五百零一室（物业服务中心北侧、幼儿园对面）"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def demo_id_no(number: int, year: int) -> str:
    """Return a number that passes the check and can be nobody's: no county has the code 340000."""
    bare = f"340000{year}0{number % 9 + 1}{number % 28 + 1:02d}{number % 1000:03d}"
    return bare + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, bare, strict=True)) % 11]


def demo_party(number: int, facts: dict[str, Any], place: Any) -> dict[str, Any]:
    """Return a party as the desk would send it; place is its cell with community, street and polygon."""
    company = facts.get("company", False)
    name = facts.get("name") or (COMPANIES[number % len(COMPANIES)] if company else demo_name(number + 40))
    return {
        "id": new_id(),
        "role": facts.get("role", "debtor"),
        "kind": "legal" if company else "natural",
        "name": name,
        "id_no": "" if company else demo_id_no(number, 2014 if facts.get("minor") else 1960 + number % 40),
        "phone": f"1990001{number:04d}",
        "legal_rep": demo_name(number + 90) if company else "",
        "addresses": [] if facts.get("role") == "creditor" else [_address(number, facts, place)],
    }


def _address(number: int, facts: dict[str, Any], place: Any) -> dict[str, Any]:
    door = f"{ROADS[number % len(ROADS)]}{number * 3 + 1}号{number % 9 + 1}栋{number % 4 + 1}单元{number % 6 + 1}02室"
    found: dict[str, Any] = {"id": new_id(), "source": "confirmation" if number % 3 else "household"}
    if place is None:
        text = facts.get("address") or f"花山区{facts['community']}{door}"
        return found | {"text": text, "community": facts.get("community", "")}
    corner, opposite = place.polygon["coordinates"][0][0], place.polygon["coordinates"][0][2]
    share = 0.2 + 0.06 * (number % 10)
    return found | {
        "text": f"马鞍山市花山区{place.street}{place.community}{LONG if facts.get('long') else door}",
        "community": place.community,
        "lng": round(corner[0] + (opposite[0] - corner[0]) * share, 6),
        "lat": round(corner[1] + (opposite[1] - corner[1]) * (1 - share), 6),
    }
