"""Every refusal leaves as RFC 9457 problem+json in one shape; the only file with error handlers."""

from typing import Any

import structlog
from flask import Flask, Response
from marshmallow import ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from api.wire import json_response
from grid.core.errors import REGISTRY, Conflict, InvalidInput, Problem, ProblemKind, TryLater

log = structlog.get_logger()

STATUS: dict[ProblemKind, int] = {
    ProblemKind.INVALID: 422,
    ProblemKind.UNAUTHENTICATED: 401,
    ProblemKind.FORBIDDEN: 403,
    ProblemKind.MISSING: 404,
    ProblemKind.CONFLICT: 409,
    ProblemKind.GONE: 410,
    ProblemKind.TOO_LARGE: 413,
    ProblemKind.UNSUPPORTED: 415,
    ProblemKind.THROTTLED: 429,
    ProblemKind.UNAVAILABLE: 503,
}

STATUS_BY_CODE: dict[str, int] = {
    "upload_busy": 423,  # tus 1.0.0 checksum and locking extensions name these two
    "upload_checksum_wrong": 460,
    "upload_checksum_unknown": 400,
    "tus_refused": 400,
    "tus_version": 412,
}

HTTP_TITLES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "请求内容无法识别，请刷新页面后重试"),
    404: ("not_found", "没有找到这项内容，可能已被移走；请返回列表刷新"),
    405: ("method_not_allowed", "这个地址不支持这样的操作，请刷新页面后重试"),
    408: ("request_timeout", "网络太慢，请求没有收完；请稍后重试，内容没有丢失"),
    413: ("too_large", "内容太大，请减小后再提交"),
    414: ("uri_too_long", "查询条件太长，请减少后重试"),
    415: ("unsupported_media", "不支持这种内容格式，请按要求提交"),
    422: ("invalid_input", InvalidInput.title),
    429: ("throttled", "操作太频繁，请稍等片刻再试"),
    500: ("server_fault", "服务器出现故障，您的内容没有丢失；请稍后再试或联系管理员"),
}


def problem_body(problem: Problem) -> dict[str, Any]:
    """Return the JSON body of a declared problem; also used for stored refusals of mutations."""
    return {
        **problem.facts,
        "type": f"/problems/{problem.code}",
        "title": problem.title,
        "status": STATUS_BY_CODE.get(problem.code, STATUS[problem.kind]),
        "code": problem.code,
        "detail": problem.detail,
    }


def _respond(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    response = json_response(body, body["status"])
    response.mimetype = "application/problem+json"
    response.headers.update(headers or {})
    return response


def flatten_messages(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Turn marshmallow's nested messages into {'a.0.b': [reasons]}."""
    if isinstance(messages, dict):
        out: dict[str, list[str]] = {}
        for key, value in messages.items():
            here = path if key == "_schema" else f"{path}.{key}" if path else str(key)
            out |= flatten_messages(value, here)
        return out
    return {path or "_": [str(m) for m in (messages if isinstance(messages, list) else [messages])]}


def invalid_from(error: ValidationError) -> InvalidInput:
    """Turn marshmallow's error into our one shape."""
    return InvalidInput(fields=flatten_messages(error.messages))


def database_problem(error: Exception) -> Problem:
    """Turn a database refusal into a problem: busy or full → try later, broken uniqueness → conflict."""
    if isinstance(error, IntegrityError):
        return Conflict()
    if isinstance(error, DataError):
        return InvalidInput()
    return TryLater()


def register(app: Flask) -> None:
    """Install the handlers."""

    @app.errorhandler(Problem)
    def _declared(problem: Problem) -> Response:
        headers = {"Retry-After": str(problem.facts["retry_after"])} if "retry_after" in problem.facts else {}
        if problem.code == "tus_version":
            headers["Tus-Version"] = problem.facts["supported"]
        return _respond(problem_body(problem), headers)

    @app.errorhandler(ValidationError)
    def _invalid(error: ValidationError) -> Response:
        return _respond(problem_body(invalid_from(error)))

    @app.errorhandler(OperationalError)
    @app.errorhandler(IntegrityError)
    @app.errorhandler(DataError)
    def _database(error: Exception) -> Response:
        log.warning("database refused", error=type(error).__name__)
        return _respond(problem_body(database_problem(error)))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        messages = getattr(error, "data", {}).get("messages") if status == 422 else None
        if messages:
            return _respond(problem_body(InvalidInput(fields=flatten_messages(messages.get("json", messages)))))
        code, title = HTTP_TITLES.get(status, (f"http_{status}", HTTP_TITLES[400][1]))
        headers = {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}
        return _respond(
            {"type": f"/problems/{code}", "title": title, "status": status, "code": code, "detail": ""}, headers
        )

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> Response:
        log.exception("unexpected fault")
        return _respond(
            {
                "type": "/problems/server_fault",
                "title": HTTP_TITLES[500][1],
                "status": 500,
                "code": "server_fault",
                "detail": "",
            }
        )


def all_codes() -> dict[str, str]:
    """Return every code with its Chinese title, for documents and tests."""
    return {code: cls.title for code, cls in REGISTRY.items()} | dict(HTTP_TITLES.values())
