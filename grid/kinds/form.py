"""Questions, outcomes and photo lists as data: the phone draws them, the schema and the rules are read from them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from grid.core.words.reasons import Reasons, coded
from grid.rules.law import Finding, form_error, form_warning

MAX_PHOTOS = 9
"""Photos one visit may carry, drawn signature not counted (domain handbook §5)."""
DRAWN = frozenset({"signature"})
SIGN_ITEMS: Mapping[str, tuple[str, str]] = {
    "signature": ("签名", "在屏幕上签名"),
    "thumbprint": ("捺印", "不会签名的，捺印后拍照"),
}
OWN_FIELDS = ("narrative", "met_name")
"""Answers that stand on the visit itself, not among the kind's own."""


class Widget(StrEnum):
    """How a question is asked."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    CHOICE = "choice"
    MANY = "many"
    YES_NO = "yes_no"
    DATE = "date"
    INSTANT = "instant"
    MONEY = "money"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; money is answered in 分. `most` limits characters or the count."""

    label: str
    widget: Widget = Widget.TEXT
    options: Reasons = field(default_factory=dict)
    hint: str = ""
    most: int = 100
    future: bool | None = None
    """Whether a date may only lie ahead (True) or only behind (False)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One end of a visit; closes tells whether it is a report at once or the task stays for another visit."""

    code: str
    label: str
    hint: str
    path: str
    next: str
    closes: bool
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """How many photos of one item an outcome wants; least 0 means welcome but not demanded."""

    item: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of questions: what is decided on it, what it asks, what of it must be answered."""

    title: str
    asks: tuple[str, ...]
    required: tuple[str, ...] = ()
    when: tuple[str, frozenset[str]] | None = None
    """The page is only asked when an earlier question was answered with one of these codes."""


@dataclass(frozen=True, slots=True)
class Way:
    """What outcomes of one kind of ending have in common: pages, photos, what must not be done."""

    label: str
    hint: str
    icon: str
    pages: tuple[Page, ...] = ()
    photos: tuple[Demand, ...] = ()
    must_not: tuple[str, ...] = ()
    signed: bool = False
    """Somebody signs on glass, or prints a thumb."""


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form of a kind's visits."""

    outcomes: Mapping[str, Outcome]
    ways: Mapping[str, Way]
    questions: Mapping[str, Question]
    items: Mapping[str, tuple[str, str]]
    say: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    def way_of(self, outcome: str) -> Way:
        """Return the way of an outcome; raises KeyError for an unknown one."""
        return self.ways[self.outcomes[outcome].path]

    def demands(self, outcome: str) -> frozenset[str]:
        """Return the photo items an outcome cannot do without."""
        return frozenset(demand.item for demand in self.way_of(outcome).photos if demand.least)

    def missing_items(self, outcome: str, items: Iterable[str]) -> list[str]:
        """Return the items still short, in list order."""
        counts = Counter(items)
        return [demand.item for demand in self.way_of(outcome).photos if counts[demand.item] < demand.least]


def outcomes_of(*rows: Outcome) -> dict[str, Outcome]:
    """Return outcomes by code, in order."""
    return {row.code: row for row in rows}


def check_form(form: Form, visit: Mapping[str, Any], visited_on: date, today: date) -> list[Finding]:
    """Return what is missing or impossible in a visit by its form alone; the kind's own rules come on top."""
    if visit["outcome"] not in form.outcomes:
        return [form_error("没有这种走访结果，请重新选择", "outcome")]
    way = form.way_of(visit["outcome"])
    found: list[Finding] = []
    pages = [page for page in way.pages if is_asked(page, visit)]
    asked = {ask for page in pages for ask in page.asks}
    for page in pages:
        for ask in page.required:
            if answer_of(visit, ask) in (None, "", []):
                found.append(form_error(f"请填写：{form.questions[ask].label}", path_of(ask)))
    for ask, value in visit["answers"].items():
        if value is not None and ask not in asked:
            found.append(form_warning(f"这种结果不问“{form.questions[ask].label}”", path_of(ask)))
    found += _check_dates(form, visit, today)
    return [*found, *_check_items(form, way, visit)]


def is_asked(page: Page, visit: Mapping[str, Any]) -> bool:
    """Tell whether a page belongs to this visit: an earlier answer may leave it out."""
    if page.when is None:
        return True
    ask, codes = page.when
    value = answer_of(visit, ask)
    return bool(codes & set(value)) if isinstance(value, list) else value in codes


def _check_dates(form: Form, visit: Mapping[str, Any], today: date) -> Iterable[Finding]:
    for ask, question in form.questions.items():
        value = answer_of(visit, ask)
        if question.widget != Widget.DATE or question.future is None or not isinstance(value, date):
            continue
        if question.future and value < today:
            yield form_error(f"“{question.label}”应在今天或以后", path_of(ask))
        if not question.future and value > today:
            yield form_error(f"“{question.label}”不能晚于今天", path_of(ask))


def _check_items(form: Form, way: Way, visit: Mapping[str, Any]) -> Iterable[Finding]:
    items = [row["item"] for row in visit["evidence"]]
    for item in form.missing_items(visit["outcome"], items):
        yield form_error(f"还缺照片：{form.items[item][0]}", f"evidence.{item}")
    if way.signed and not {"signature", "thumbprint"} & set(items):
        yield form_error("请签名，或拍下捺印", "evidence.signature")
    if sum(item not in DRAWN for item in items) > MAX_PHOTOS:
        yield form_error(f"一次走访最多 {MAX_PHOTOS} 张照片，请删去多余的", "evidence")


def answer_of(visit: Mapping[str, Any], ask: str) -> Any:
    """Return the answer to a question, wherever it stands."""
    value = visit.get(ask) if ask in OWN_FIELDS else visit["answers"].get(ask)
    return value.strip() if isinstance(value, str) else value


def path_of(ask: str) -> str:
    """Return where a question's answer stands on the wire."""
    return ask if ask in OWN_FIELDS else f"answers.{ask}"


def wire_form(form: Form) -> dict[str, Any]:
    """Return the form as JSON: everything a phone needs to ask, check and explain a visit without network."""
    return {
        "outcomes": [
            {"code": o.code, "label": o.label, "hint": o.hint, "path": o.path, "next": o.next, "closes": o.closes}
            for o in form.outcomes.values()
        ],
        "ways": {code: _wire_way(form, way) for code, way in form.ways.items()},
        "questions": {key: wire_question(question) for key, question in form.questions.items()},
        "say": list(form.say),
        "forbidden": list(form.forbidden),
        "max_photos": MAX_PHOTOS,
    }


def wire_question(question: Question) -> dict[str, Any]:
    """Return one question as JSON."""
    line: dict[str, Any] = {"label": question.label, "widget": question.widget.value, "most": question.most}
    if question.hint:
        line["hint"] = question.hint
    if question.options:
        line["options"] = coded(question.options)
    if question.future is not None:
        line["future"] = question.future
    return line


def _wire_way(form: Form, way: Way) -> dict[str, Any]:
    return {
        "label": way.label,
        "hint": way.hint,
        "icon": way.icon,
        "signed": way.signed,
        "must_not": list(way.must_not),
        "pages": [_wire_page(page) for page in way.pages],
        "photos": [
            {
                "item": demand.item,
                "label": form.items[demand.item][0],
                "hint": form.items[demand.item][1],
                "required": demand.least > 0,
                "min": demand.least,
                "max": demand.most,
            }
            for demand in way.photos
        ],
    }


def _wire_page(page: Page) -> dict[str, Any]:
    line: dict[str, Any] = {"title": page.title, "asks": list(page.asks), "required": list(page.required)}
    if page.when is not None:
        line["when"] = {"ask": page.when[0], "codes": sorted(page.when[1])}
    return line


def mask_answers(questions: Mapping[str, Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with every free text hidden from those who only supervise: it may name residents."""
    free = {Widget.TEXT, Widget.PARAGRAPH}
    return {
        ask: "（已隐去）" if value and ask in questions and questions[ask].widget in free else value
        for ask, value in answers.items()
    }
