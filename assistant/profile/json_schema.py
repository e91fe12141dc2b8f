"""JSON Schemas of the two profile files, so that editors complete keys and explain them while typing.

`python -m assistant.profile.json_schema --write` renews the files beside the samples; a test keeps them current.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from assistant.messages import Text
from assistant.profile.model import Employer, Part, ProfileFile
from assistant.store.locations import PROFILES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[Path, str]:
    """Each schema file's path and its right content."""
    profile = _schema(ProfileFile, Text("申请人资料", "One applicant's profile"))
    employer = _schema(Employer, Text("单位资料", "The employer, shared by its applicants"))
    path = {"type": "string", "description": "单位文件的相对路径 / relative path of the employer's file"}
    inline = {key: value for key, value in employer.items() if key not in ("$schema", "$defs", "title")}
    profile["properties"]["employer"] = {"anyOf": [path, inline]}
    profile["required"].append("employer")
    profile["$defs"] |= employer["$defs"]
    return {
        PROFILES / "profile.schema.json": _as_text(profile),
        PROFILES / "employer.schema.json": _as_text(employer),
    }


def _schema(model: type[Part], title: Text) -> dict[str, Any]:
    schema: dict[str, Any] = _as_written(model.model_json_schema(by_alias=True))
    return {"$schema": _DIALECT} | schema | {"title": str(title)}


def _as_written(node: Any) -> Any:
    """The schema of what people write. To the assistant everything is text and a blank list is an empty one, though not
    to an editor; pydantic's own titles and defaults say nothing to people."""
    if isinstance(node, list):
        return [_as_written(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: {name: _as_written(inner) for name, inner in value.items()}
        if key in ("properties", "$defs")
        else _as_written(value)
        for key, value in node.items()
        if key not in ("title", "default")
    }
    if "propertyNames" in kept:  # the closed list of slots: as properties, editors complete and explain them
        slots = kept.pop("propertyNames")["enum"]
        files = kept["additionalProperties"]
        return kept | {"properties": dict.fromkeys(slots, files), "additionalProperties": False}
    if kept.get("type") == "array":
        return kept | {"type": ["array", "null"]}
    if kept.get("type") == "string" and not kept.keys() & {"enum", "format"}:
        return kept | {"type": ["string", "number"]}
    return kept


def _as_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.profile.json_schema")
    parser.add_argument("--write", action="store_true", help="renew the schema files; without it, say which are stale")
    write = parser.parse_args().write
    stale = [path for path, text in schemas().items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if write:
            path.write_text(schemas()[path], encoding="utf-8", newline="\n")
        print(f"{'written' if write else 'stale'}: {path.name}")
    return 0 if write or not stale else 1


if __name__ == "__main__":
    raise SystemExit(main())
