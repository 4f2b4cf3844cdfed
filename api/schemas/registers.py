"""What may be asked of registers and exports."""

from marshmallow import ValidationError, fields, validate, validates_schema

from api.schemas.cases import choice
from api.wire import PageQuery, Strict, text
from grid.core.words.review import Verdict
from grid.core.words.tasks import TaskState
from grid.reads.registers.files import MIMES, REGISTERS
from grid.reads.registers.period import month_of


class DeliveryFilters(Strict):
    """Filters of the delivery register; days are Shanghai days of dispatch."""

    start_on = fields.Date(data_key="from", attribute="from", load_default=None, allow_none=True)
    end_on = fields.Date(data_key="to", attribute="to", load_default=None, allow_none=True)
    street = text(36)
    cell = text(36)
    officer = text(36)
    worker = text(36)
    state = choice((*TaskState, ""), load_default="")
    result = choice((*Verdict, ""), load_default="")
    original = fields.Boolean(load_default=None, allow_none=True)
    overdue = fields.Boolean(load_default=False)
    q = text(80)
    sort = text(40)

    @validates_schema
    def in_order(self, data: dict, **_options: object) -> None:
        """Refuse a period that ends before it begins."""
        if data.get("from") and data.get("to") and data["from"] > data["to"]:
            raise ValidationError({"to": ["结束日期不能早于开始日期"]})


class MonthlyFilters(Strict):
    """Which month, per worker or per unit, of which street."""

    month = fields.String(required=True, validate=validate.Regexp(r"\A20\d{2}-\d{2}\Z", error="月份应写成 2026-11"))
    by = fields.String(load_default="worker", validate=validate.OneOf(["worker", "unit"]))
    street = text(36)
    sort = text(40)
    q = text(80)

    @validates_schema
    def is_a_month(self, data: dict, **_options: object) -> None:
        """Refuse the thirteenth month."""
        try:
            month_of(data["month"])
        except ValueError:
            raise ValidationError({"month": ["月份应写成 2026-11"]}) from None


class DeliveryQuery(DeliveryFilters, PageQuery):
    """One page of the delivery register."""


class MonthlyQuery(MonthlyFilters, PageQuery):
    """One page of the monthly table."""


class BehindQuery(MonthlyFilters, PageQuery):
    """Which number of the monthly table: its column, for a rate n or d, and its line ('' for the totals)."""

    measure = text(40, required=True)
    part = fields.String(load_default="", validate=validate.OneOf(["", "n", "d"]))
    line = text(60)


FILTERS: dict[str, type[Strict]] = {"delivery": DeliveryFilters, "monthly": MonthlyFilters}


class ExportIn(Strict):
    """Which register, with which filters, in which form; full personal data needs a reason and another's approval."""

    register = fields.String(required=True, validate=validate.OneOf(sorted(REGISTERS)))
    format = fields.String(required=True, validate=validate.OneOf(sorted(MIMES)))
    filters = fields.Dict(keys=fields.String(), load_default=dict)
    full = fields.Boolean(truthy={True}, falsy={False}, load_default=False)
    reason = text(200)


class ExportRefusal(Strict):
    """Why full data is not given."""

    reason = text(200, required=True, min_length=2)


class ExportQuery(PageQuery):
    """Which export requests to show."""

    state = fields.String(load_default="waiting", validate=validate.OneOf(["waiting", "approved", "refused"]))
