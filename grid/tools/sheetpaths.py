"""Tell which part of an xlsx holds which sheet."""

import posixpath
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from grid.core.errors.tables import TableDamaged

_MAX_BYTES = 2_000_000


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → path in the zip; raises TableDamaged."""
    relations: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            relations[given.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", given.get("Target", "")))[1:]

    def sheet(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
            sheets[given.get("name", "")] = relations.get(link, "")

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return sheets


def _parse(archive: zipfile.ZipFile, path: str, element: Callable[[str, dict[str, str]], None]) -> None:
    def local(name: str, given: dict[str, str]) -> None:
        element(name.rpartition(":")[2], given)

    def no_doctype(*_: object) -> None:
        raise TableDamaged(why="doctype")

    parser = expat.ParserCreate()
    parser.StartElementHandler = local
    # Entities are the way to blow up an XML parser; office files declare none.
    parser.StartDoctypeDeclHandler = no_doctype
    try:
        with archive.open(path) as stream:
            parser.Parse(stream.read(_MAX_BYTES), True)
    except (KeyError, expat.ExpatError, zipfile.BadZipFile) as error:
        raise TableDamaged(why=type(error).__name__) from error
