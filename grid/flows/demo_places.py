"""An invented picture of the district: nine streets and towns, their communities and cells on a lattice."""

from dataclasses import dataclass
from typing import Any

STREETS: dict[str, tuple[str, ...]] = {
    "濮塘镇": ("濮塘社区", "黄里社区", "双板村"),
    "霍里街道": ("霍里社区", "张庄社区", "秀山社区"),
    "桃源路街道": ("桃源社区", "康乐社区", "红旗社区"),
    "湖东路街道": ("湖东社区", "雨湖社区", "南湖社区"),
    "沙塘路街道": ("沙塘社区", "东苑社区", "健康社区"),
    "解放路街道": ("解放社区", "幸福社区", "新风社区"),
    "江东街道": ("江东社区", "江心社区", "滨江社区"),
    "塘西街道": ("塘西社区", "平湖社区", "大华社区"),
    "金家庄街道": ("金家庄社区", "慈湖河社区", "杨桥社区"),
}
WEST, SOUTH = 118.47, 31.67
STREET_LNG, STREET_LAT = 0.03, 0.024
CELLS_PER_COMMUNITY = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One invented cell with its square."""

    street: str
    community: str
    name: str
    code: str
    polygon: dict[str, Any]


def places() -> list[Place]:
    """Lay 54 cells out as 9 × 3 × 2 rectangles without gaps or overlaps (WGS-84)."""
    found = []
    for s, (street, communities) in enumerate(STREETS.items()):
        left, bottom = WEST + STREET_LNG * (s % 3), SOUTH + STREET_LAT * (s // 3)
        for c, community in enumerate(communities):
            for k in range(CELLS_PER_COMMUNITY):
                width, height = STREET_LNG / len(communities), STREET_LAT / CELLS_PER_COMMUNITY
                x, y = left + width * c, bottom + height * k
                ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]]
                code = f"340503{s + 1:02d}{c + 1:02d}{k + 1:02d}"
                rounded = [[[round(a, 6), round(b, 6)] for a, b in ring]]
                found.append(
                    Place(
                        street,
                        community,
                        f"{community}第{k + 1}网格",
                        code,
                        {"type": "Polygon", "coordinates": rounded},
                    )
                )
    return found
