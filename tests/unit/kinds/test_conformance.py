"""What every kind of task promises: strict schemas, golden samples that pass, words that fit, no strangers."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from marshmallow import ValidationError

from grid.kinds import KINDS
from grid.kinds.base import Kind, Sample
from grid.kinds.blank import KIND as BLANK

ALL = (*KINDS, BLANK)
ROOT = Path(__file__).parents[3] / "grid" / "kinds"
EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
SAMPLES = pytest.mark.parametrize(
    ("kind", "sample"),
    [pytest.param(kind, sample, id=f"{kind.code}-{sample.name}") for kind in ALL for sample in kind.samples],
)


@EACH
def test_a_kind_is_one_folder_with_its_readme(kind: Kind) -> None:
    assert {"__init__.py", "schema.py", "rules.py", "samples.py", "README.md"} <= {
        path.name for path in (ROOT / kind.code).iterdir()
    }
    assert kind.label
    assert kind.samples
    assert all(outcome.label for outcome in kind.outcomes.values())


@SAMPLES
def test_samples_fit_the_schemas(kind: Kind, sample: Sample) -> None:
    brief, visit = kind.brief_schema(), kind.visit_schema()
    brief.load(copy.deepcopy(sample.brief))
    loaded = visit.load(copy.deepcopy(sample.visit))
    assert visit.load(json.loads(visit.dumps(loaded))) == loaded, "a visit survives the wire"
    assert kind.demands(sample.visit["outcome"]) == sample.demands


def _dicts(value: object, path: tuple = ()) -> Iterator[tuple]:
    if isinstance(value, dict):
        yield path
        for key, below in value.items():
            yield from _dicts(below, (*path, key))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _dicts(below, (*path, place))


@SAMPLES
def test_unknown_fields_are_refused_at_every_depth(kind: Kind, sample: Sample) -> None:
    for schema, whole in ((kind.brief_schema(), sample.brief), (kind.visit_schema(), sample.visit)):
        for path in list(_dicts(whole)):
            spoiled = copy.deepcopy(whole)
            spot = spoiled
            for key in path:
                spot = spot[key]
            spot["surprise"] = 1
            with pytest.raises(ValidationError):
                schema.load(spoiled)


@EACH
def test_the_descriptor_is_json_and_compact(kind: Kind) -> None:
    text = json.dumps(kind.descriptor(), ensure_ascii=False, separators=(",", ":"))
    assert json.loads(text) == kind.descriptor()
    assert len(text.encode()) < 24_000


@EACH
def test_every_outcome_has_a_list_of_demands(kind: Kind) -> None:
    for code in kind.outcomes:
        assert isinstance(kind.demands(code), frozenset)
