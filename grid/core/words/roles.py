"""The ten roles and the public, with their Chinese names."""

from enum import StrEnum


class Role(StrEnum):
    """Who an account is; one account has one role."""

    CASE_OFFICER = "case_officer"
    COMMAND_CENTRE = "command_centre"
    COURT_ADMIN = "court_admin"
    DISTRICT_CENTRE = "district_centre"
    STREET_CENTRE = "street_centre"
    GRID_LEADER = "grid_leader"
    GRID_WORKER = "grid_worker"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"
    SYSADMIN = "sysadmin"


ROLE_LABELS: dict[Role, str] = {
    Role.CASE_OFFICER: "执行法官",
    Role.COMMAND_CENTRE: "执行指挥中心",
    Role.COURT_ADMIN: "法院管理员",
    Role.DISTRICT_CENTRE: "区综治中心",
    Role.STREET_CENTRE: "镇街综治中心",
    Role.GRID_LEADER: "网格长",
    Role.GRID_WORKER: "网格员",
    Role.ASSESSOR: "考核员",
    Role.AUDITOR: "审计员",
    Role.SYSADMIN: "系统管理员",
}

COURT_ROLES = frozenset({Role.CASE_OFFICER, Role.COMMAND_CENTRE, Role.COURT_ADMIN})
GRID_ROLES = frozenset({Role.GRID_LEADER, Role.GRID_WORKER})
