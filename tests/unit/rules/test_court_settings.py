"""What a court may set, and the reason for every value it may not."""

from datetime import time
from typing import Any

import pytest

from grid.core.errors import InvalidInput
from grid.core.words.deadlines import Step
from grid.rules import court_settings as settings
from grid.rules import sla

DEFAULTS = {setting.name: setting.default for setting in settings.SETTINGS}


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_every_default_is_allowed(setting: settings.Setting) -> None:
    assert settings.check_value(setting.name, setting.default) == setting.default


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("diligence_days", 0, "应为 1 到 10 的整数"),
        ("diligence_days", True, "应为 1 到 10 的整数"),
        ("diligence_days", "2", "应为 1 到 10 的整数"),
        ("minors_need_approval", "是", "应为是或否"),
        ("diligence_evening_from", "六点", "应为 24 小时制的时间，如 18:00"),
        ("diligence_evening_from", "18:00:00", "应为 24 小时制的时间，如 18:00"),
        ("diligence_evening_from", "25:00", "应为 24 小时制的时间，如 18:00"),
        ("diligence_evening_from", 18, "应为 40 字以内的文字"),
        ("diligence_evening_from", "晚" * 41, "应为 40 字以内的文字"),
        ("modes", [], "应为文书种类与协助方式的对应表"),
        ("modes", {"love_letter": []}, "有目录中没有的文书种类"),
        ("modes", {"exec_notice": "guide"}, "执行通知书的协助方式应为列表"),
        ("modes", {"exec_notice": ["fax"]}, "未知方式"),
        ("modes", {"mediation_statement": ["entrusted_handover"]}, "调解书不能开通“转交文书”"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_reason(name: str, value: Any, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        settings.check_value(name, value)
    assert reason in caught.value.facts["fields"]["value"][0]


def test_evenings_and_deadlines_follow_the_settings() -> None:
    assert settings.evening_from(DEFAULTS) == time(18)
    assert settings.evening_from(DEFAULTS | {"diligence_evening_from": "19:30"}) == time(19, 30)
    table = settings.sla_table(DEFAULTS)
    assert set(table) == set(Step)
    assert table[Step.CHECK_LEAD] == sla.DEFAULTS[Step.CHECK_LEAD]
