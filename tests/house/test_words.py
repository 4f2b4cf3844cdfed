"""The repository speaks of itself only: no machine's paths, no tickets, no hosts but those with a reason."""

import ipaddress
import re
from typing import Final

from tests.house.tree import MADE, ROOT, files, texts

# Hosts that may stand in a file, and why. A host that is not here is either a dependency on the outside or a slip.
HOSTS: Final[dict[str, str]] = {
    "www.w3.org": "names of XML and SVG vocabularies",
    "www.apache.org": "the licence text",
}
# Reserved for examples: RFC 2606, RFC 6761, and the demo court's own.
EXAMPLE_NAME: Final = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net|cn|gov\.cn))?|test|invalid|localhost)$")
URL: Final = re.compile(r"\b(?:https?|wss?)://(?P<host>[A-Za-z0-9._-]+)")

PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "a path of somebody's machine": re.compile(r"(?<![\w.$/})~-])/(?:work|root|home/\w+|Users/\w+)/"),
    "a ticket number": re.compile(r"\bissues? #\d+", re.IGNORECASE),
    "a word about who wrote it": re.compile(r"\bsub-?agents?\b|\bco-authored-by\b|\bas an ai\b", re.IGNORECASE),
    "an unfinished mark": re.compile(r"(?<!\w)(?:TO" r"DO|FIX" r"ME|XX" r"X)\b(?!-)"),
}


def _is_example(host: str) -> bool:
    """Tell whether a host can belong to nobody: a reserved name, or an address that no router carries."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return EXAMPLE_NAME.search(host) is not None


def test_no_file_names_the_place_it_was_written_in() -> None:
    found = [
        f"{path}:{number}: {what}: {line.strip()[:100]}"
        for path, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in PATTERNS.items()
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_host_is_known() -> None:
    found = [
        f"{path}: {match['host']}"
        for path, text in texts().items()
        if not path.startswith("tests/")  # there, hosts are invented to be refused
        for match in URL.finditer(text)
        if (host := match["host"].rstrip(".").lower()) not in HOSTS and not _is_example(host)
    ]
    assert not found, "\n".join(sorted(set(found)))


def test_lock_files_name_no_host() -> None:
    assert set(files()) >= MADE
    lock = (ROOT / "static/pwa/package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    for path in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / path).read_text("utf-8")
