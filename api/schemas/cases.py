"""What case files look like on the wire."""

from marshmallow import fields, missing, validate

from api.wire import IdField, PageQuery, Strict, integer
from api.wire import text as string
from grid.core.words.parties import Datum, PartyRole, PersonalField
from grid.core.words.reasons import ADDRESS_SOURCES
from grid.core.words.service import AddresseeKind

MAX_FEN = 10**15


def choice(words: object, **kwargs: object) -> fields.String:
    """Return a field that takes one of an enum's or a mapping's codes."""
    codes = [str(word) for word in words]  # type: ignore[attr-defined]  # enum classes and mappings both iterate codes
    return fields.String(validate=validate.OneOf(codes, error="请从列表中选择"), **kwargs)  # type: ignore[arg-type]  # marshmallow's own options


class AddressIn(Strict):
    """An address with where it came from."""

    id = IdField(required=True)
    text = string(200, required=True, min_length=1)
    source = choice(ADDRESS_SOURCES, required=True)
    confirmed_on = fields.Date(load_default=None, allow_none=True)
    community = string(60, allow_none=True)
    lng = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    lat = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    datum = choice(Datum, load_default="wgs84", allow_none=True)


class AgentIn(Strict):
    """A litigation agent or designated receiver."""

    name = string(60, required=True, min_length=1)
    relation = choice(("litigation_agent", "designated_receiver"), required=True)


class PartyIn(Strict):
    """A party with its addresses."""

    id = IdField(required=True)
    role = choice(PartyRole, required=True)
    kind = choice(AddresseeKind, required=True)
    name = string(80, required=True, min_length=1)
    id_no = string(40)
    phone = string(40)
    legal_rep = string(60, allow_none=True)
    agents = fields.List(fields.Nested(AgentIn), load_default=list, validate=validate.Length(max=10))
    minor = fields.Boolean(load_default=False)
    incapacitated = fields.Boolean(load_default=False)
    addresses = fields.List(fields.Nested(AddressIn), load_default=list, validate=validate.Length(max=20))


class CaseIn(Strict):
    """A new case."""

    id = IdField(required=True)
    case_no = string(60, required=True, min_length=1)
    cause = string(120)
    title_instrument = string(120, allow_none=True)
    claim_amount_fen = integer(0, MAX_FEN, load_default=None, allow_none=True)
    livelihood = fields.Boolean(load_default=False)
    sealed = fields.Boolean(load_default=False)
    parties = fields.List(fields.Nested(PartyIn), load_default=list, validate=validate.Length(max=50))


class CaseChange(Strict):
    """What may be mended in a case; only what is given changes."""

    version = integer(0, 2**31 - 1)
    cause = string(120, load_default=missing)
    title_instrument = string(120, load_default=missing, allow_none=True)
    claim_amount_fen = integer(0, MAX_FEN, allow_none=True)
    livelihood = fields.Boolean()
    sealed = fields.Boolean()


class CaseQuery(PageQuery):
    """Filters of the case list."""

    case_no = string(60)
    officer = string(36)


class Reveal(Strict):
    """Which field of a party to show, and why."""

    field = choice(PersonalField, required=True)
    reason = string(200, required=True, min_length=4)
