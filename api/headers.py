"""Security headers: full set on pages, the short set that matters on data (ASVS V3.4)."""

from flask import Flask, Response

CSP = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

PAGE_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

DATA_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def register(app: Flask) -> None:
    """Put the headers on every answer that does not bring its own."""
    hsts = app.config["GRID"].public_origin.startswith("https://")

    @app.after_request
    def _secure(response: Response) -> Response:
        if response.status_code == 204:
            response.headers.remove("Content-Type")  # there is nothing it could be the type of
        for name, value in DATA_HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            for name, value in PAGE_HEADERS.items():
                response.headers.setdefault(name, value)
        elif response.status_code != 204:
            response.headers.setdefault(
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"
            )
        if hsts:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
