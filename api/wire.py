"""What every route shares: JSON in and out, strict schemas, paging."""

from datetime import date, datetime
from functools import cache
from typing import Any

import flask_smorest
import orjson
from flask import Response, request
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser

from grid.core.clock import iso
from grid.core.errors import InvalidInput
from grid.core.ids import is_id

MAX_DEPTH = 32


class Documented(flask_smorest.Api):
    """flask-smorest for schemas and the OpenAPI document; errors stay in api.problems."""

    def _register_error_handlers(self) -> None:
        """Leave error handling to the one place that does it."""


def _default(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def json_response(body: Any, status: int = 200) -> Response:
    """Answer with JSON; instants as RFC 3339 milliseconds, dates as YYYY-MM-DD."""
    data = orjson.dumps(body, default=_default, option=orjson.OPT_PASSTHROUGH_DATETIME)
    return Response(data, status, mimetype="application/json")


def _depth_ok(value: Any, left: int = MAX_DEPTH) -> bool:
    if left == 0:
        return False
    if isinstance(value, dict):
        return all(_depth_ok(item, left - 1) for item in value.values())
    if isinstance(value, list):
        return all(_depth_ok(item, left - 1) for item in value)
    return True


def json_body() -> dict[str, Any]:
    """Read the request's JSON object; raises InvalidInput for anything else, too deep, or with null bytes."""
    raw = request.get_data(cache=False)
    try:
        body = orjson.loads(raw)
    except (orjson.JSONDecodeError, RecursionError):
        raise InvalidInput("not JSON", fields={"_": ["内容不是有效的 JSON"]}) from None
    if not isinstance(body, dict):
        raise InvalidInput("not an object", fields={"_": ["内容应为一个对象"]})
    if not _depth_ok(body):
        raise InvalidInput("too deep", fields={"_": ["内容层级过深"]})
    if b"\\u0000" in raw:
        raise InvalidInput("null byte", fields={"_": ["内容含有无效字符"]})
    return body


class _Parser(FlaskParser):
    """Reads bodies for @bp.arguments with the limits of json_body."""

    def load_json(self, req: Any, schema: Schema) -> Any:
        """Return the checked JSON object of the request."""
        return json_body()


class Blueprint(flask_smorest.Blueprint):
    """A group of routes whose bodies are read by json_body."""

    ARGUMENTS_PARSER = _Parser()


class Strict(Schema):
    """A schema that refuses unknown fields."""

    class Meta:
        """Options."""

        unknown = RAISE


class IdField(fields.String):
    """A UUID in canonical spelling."""

    default_error_messages = {"invalid_id": "编号格式不正确"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not is_id(text):
            raise self.make_error("invalid_id")
        return text


def text(max_length: int, *, required: bool = False, min_length: int = 0, **kwargs: Any) -> fields.String:
    """Return a string field with a length limit."""
    if not required:
        kwargs.setdefault("load_default", "")
    message = f"请填写 {min_length}–{max_length} 个字" if min_length else f"最多 {max_length} 个字"
    return fields.String(
        required=required, validate=validate.Length(min=min_length, max=max_length, error=message), **kwargs
    )


def integer(low: int, high: int, **kwargs: Any) -> fields.Integer:
    """Return a strict whole-number field within limits."""
    return fields.Integer(
        strict=True, validate=validate.Range(min=low, max=high, error=f"应为 {low} 到 {high} 的整数"), **kwargs
    )


class PageQuery(Strict):
    """?page=&size=&sort=&q= of every list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    size = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    sort = text(40)
    q = text(80)


@cache
def _made(schema: type[Schema]) -> Schema:
    """Return the one instance of a schema: making one costs more than most loads."""
    return schema()


def query_args(schema: type[Schema]) -> dict[str, Any]:
    """Read the query string with a schema; raises ValidationError."""
    return dict(_made(schema).load(request.args.to_dict()))


def body_args(schema: type[Schema]) -> dict[str, Any]:
    """Read the JSON body with a schema; raises InvalidInput or ValidationError."""
    return dict(_made(schema).load(json_body()))


__all__ = [
    "Blueprint",
    "Documented",
    "IdField",
    "PageQuery",
    "Strict",
    "ValidationError",
    "body_args",
    "integer",
    "json_body",
    "json_response",
    "query_args",
    "text",
]
