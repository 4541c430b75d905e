"""Join the TOML files of the knowledge base into one JSON document.

Standard library only: the wheel's build hook runs this file by itself, before anything is
installed. It joins and orders; whether the content is right is for `load` to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Table = dict[str, Any]

ENTITY_FOLDERS = ("programs", "certificates", "routes", "courses", "roles", "curricula")
"""Folders with one file an entity; the file's name is the entity's id."""

ROW_FILES = {
    "competencies": "competencies",
    "criteria": "criteria",
    "questions": "questions",
    "screens": "screens",
    "faq": "faq",
    "money": "money",
    "staleness": "staleness",
    "platforms": "platforms",
    "options": "options",
    "places": "places",
}
"""Files of rows: file stem → the array of tables it holds."""

KIND_ORDER = ("official", "survey", "press", "secondary", "article", "judgement", "recall")
"""Kinds of evidence, best first: the better kind decides, then the later date."""


class CompileError(Exception):
    """A file can't be read as TOML, or two files claim one id; `problems` names each."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{where}: {message}" for where, message in problems))


def compile_folders(*folders: Path) -> Table:
    """Return the whole knowledge base in `folders` as one JSON-ready document.

    A later folder lays its files over the earlier ones, file by file.
    """
    problems: list[tuple[str, str]] = []
    files = _read_all(folders, problems)
    document: Table = {"sources": {}, "evidence": {}, "rules": [], "texts": {}}
    for name in (*ENTITY_FOLDERS, *ROW_FILES):
        document[name] = []
    document["sources"].update(files.pop("sources.toml", {}))
    for where, content in files.items():
        _place(document, where, content, problems)
    if problems:
        raise CompileError(sorted(problems))
    for name in (*ENTITY_FOLDERS, "rules"):
        document[name].sort(key=lambda entity: str(entity.get("id", "")))
    ordered: Table = _ordered(document)
    return ordered


def _ordered(value: Any) -> Any:
    """Return the value with sorted keys: how a file is laid out changes nothing."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


READ_LATER = ("sources", "evidence", "faq")
"""Tables that most runs read little of: JSON text inside the JSON, parsed when first asked for."""


def write(document: Mapping[str, Any], target: Path) -> None:
    """Write the document as compact JSON, and its index beside it, each whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = {
        name: _json(table) if name in READ_LATER else table for name, table in document.items()
    }
    index = target.with_name("index.json")
    for path, content in ((target, packed), (index, index_of(document))):
        partial = path.with_suffix(".partial")
        partial.write_text(_json(content), encoding="utf-8")
        partial.replace(path)


INDEXED = (
    "programs", "certificates", "routes", "courses", "roles", "curricula", "rules", "questions",
    "competencies", "criteria", "faq", "staleness",
)  # fmt: skip
"""Tables whose entries have an id to look up by."""

TITLES = ("short_name", "title", "name", "label", "question", "prompt", "provider", "because")
"""Keys that may hold what an entry is called; the first one found is shown."""


def index_of(document: Mapping[str, Any]) -> Table:
    """Return the flags of the questions, and id → title of each table."""
    settings = document.get("questions_settings", {})
    return {
        "ids": {name: dict(map(_named, _rows(document, name))) for name in INDEXED},
        "groups": settings.get("groups", []),
        "questions": [_asked(row, document) for row in _rows(document, "questions")],
    }


def _rows(document: Mapping[str, Any], name: str) -> list[Table]:
    rows = document[name]
    parsed: list[Table] = json.loads(rows) if isinstance(rows, str) else rows
    return parsed


def _named(row: Table) -> tuple[str, str]:
    title = next((row[key] for key in TITLES if key in row), "")
    return str(row.get("id") or row.get("field")), str(title)


def _asked(row: Table, document: Mapping[str, Any]) -> Table:
    """Return what a flag is made from; `words` are the answers it takes, with their labels."""
    words = {choice["value"]: choice["label"] for choice in row.get("choices", ())}
    if "choices_from" in row:
        words = dict(map(_named, _rows(document, row["choices_from"])))
    elif row.get("type") == "depths":
        words = dict(map(_named, _rows(document, "competencies")))
    kept = {key: row.get(key, "") for key in ("field", "type", "group", "help", "unit")}
    return {**kept, "names": flag_names(str(row.get("field")), row.get("flag")), "words": words}


def flag_names(field: str, flag: str | None) -> tuple[str, ...]:
    """Return the flags that answer a question, the usual one first."""
    long = f"--{field.replace('_', '-')}"
    return (f"--{flag}", long) if flag else (long,)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read_all(folders: tuple[Path, ...], problems: list[tuple[str, str]]) -> dict[str, Table]:
    """Return file path relative to its folder → content, sorted by path."""
    import tomllib  # an installed copy reads JSON only

    files: dict[str, Table] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.toml")):
            where = path.relative_to(folder).as_posix()
            try:
                files[where] = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                problems.append((f"data/{where}", f"not valid TOML: {error}"))
    return dict(sorted(files.items()))


def _place(document: Table, where: str, content: Table, problems: list[tuple[str, str]]) -> None:
    """Put one file's content where it belongs in the document."""
    folder, _, rest = where.rpartition("/")
    stem = rest.removesuffix(".toml")
    if folder in ENTITY_FOLDERS:
        if content.get("id") != stem:
            problems.append((f"data/{where}", f'id: expected "{stem}", as the file is named'))
        _place_entity(document, folder, where, content)
    elif folder == "rules":
        document["rules"].extend({**rule, "file": where} for rule in content.get("rules", []))
    elif where == "texts.toml":
        document["texts"] = content
    elif where == "version.toml":
        document.update(content)
    elif where in {f"{name}.toml" for name in ROW_FILES}:
        array = ROW_FILES[stem]
        document[array] = content.pop(array, [])
        if content:
            document[f"{stem}_settings"] = content
    else:
        problems.append((f"data/{where}", "no table of the knowledge base is kept here"))


def _place_entity(document: Table, folder: str, where: str, content: Table) -> None:
    """Add an entity: its own sources join the common ones, each fact keeps what decides.

    The rows that do not decide go to `evidence`, which only `show` and the checks read.
    """
    name = f"{folder}/{content.get('id')}"
    own = content["sources"] if isinstance(content.get("sources"), dict) else {}
    for key, source in own.items():
        document["sources"][f"{name}#{key}"] = source
    entity: Table = {key: value for key, value in content.items() if value is not own}
    if "facts" in entity:
        entity["facts"] = {}
    for field, rows in _fact_rows(content.get("facts")):
        for row in rows:
            if row.get("source") in own:
                row["source"] = f"{name}#{row['source']}"
        best, *others = sorted(rows, key=lambda row: _strength(row, document["sources"]))
        entity["facts"][field] = best
        if others:
            document["evidence"].setdefault(name, {})[field] = others
    document[folder].append({**entity, "file": where})


def _fact_rows(facts: Any) -> Iterator[tuple[str, list[Table]]]:
    """Yield (field, rows) of an entity's facts; a single row may stand without a list."""
    if not isinstance(facts, dict):
        return
    for field, rows in facts.items():
        yield field, rows if isinstance(rows, list) else [rows]


def _strength(row: Table, sources: Mapping[str, Any]) -> tuple[bool, bool, int, list[int]]:
    """Sort key, best evidence first: marked to decide, known, better kind, later date."""
    source = sources.get(str(row.get("source")), {})
    kind = source.get("kind")
    rank = KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)
    as_of = str(row.get("as_of") or source.get("as_of") or "undated")
    date = [int(part) for part in as_of.split("-")] if as_of[:1].isdigit() else [0]
    return not row.get("decides", False), "unknown" in row, rank, [-part for part in date]
