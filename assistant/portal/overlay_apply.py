"""Lays an overlay over the files of a pack, before they are checked, and says in words what that changes.

Promises: nothing but what an overlay may change is changed; what does not fit is answered with its place in the overlay's
file; the pack's own linter judges the result.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from assistant.errors import Problem
from assistant.messages import Text
from assistant.portal.overlay import FieldPatch, HostPatch, Laid, Overlay, TablePatch
from assistant.strict_yaml import KeyPath, Tree

# ---- laying one over a pack ----------------------------------------------------------------------------------------


@dataclass
class Layer:
    """A pack's file as read, before it is checked: what an overlay may change. `touched` remembers by whom."""

    data: MutableMapping[str, Tree]
    touched: dict[KeyPath, str]


def lay(laid: Laid, portal: Layer, sections: Mapping[str, Layer]) -> Iterator[Problem]:
    """Changes the files in place; answers with what does not fit. The rest is the linter's."""
    for key, patch in laid.overlay.sections.items():
        at: KeyPath = ("sections", key)
        section = sections.get(key)
        if section is None:
            yield _problem(laid, at, "资料包没有这一段", "the pack has no such section")
            continue
        if patch.title is not None:
            _retitle(section, patch.title, laid.place((*at, "title")))
        for kind, patches in (("fields", patch.fields), ("uploads", patch.uploads)):
            for name, one in patches.items():
                yield from _lay_field(laid, (*at, kind, name), section, sections, kind, name, one)
        for name, table in patch.tables.items():
            yield from _lay_table(laid, (*at, "tables", name), section, name, table)
    for number, host in enumerate(laid.overlay.hosts):
        _lay_host(laid, ("hosts", number), portal, host)


def _retitle(section: Layer, title: str, place: str) -> None:
    old, more = section.data.get("title"), section.data.get("titles")
    others = [old, *(more if isinstance(more, list) else [])]
    section.data["title"] = title
    section.data["titles"] = [one for one in others if one and one != title]
    section.touched["title",] = section.touched["titles",] = place


def _lay_field(
    laid: Laid, at: KeyPath, section: Layer, sections: Mapping[str, Layer], kind: str, name: str, patch: FieldPatch
) -> Iterator[Problem]:
    source = sections.get(patch.moved_from) if patch.moved_from else section
    entries = _mapping(source, kind) if source else None
    # Where the target has a field of that key already, the moved one is written `key@section`.
    former = name.partition("@")[0]
    if entries is None or former not in entries or not isinstance(entries[former], dict):
        yield _problem(laid, at, "资料包的这一段没有这一项", "the pack's section has no such entry")
        return
    raw = dict(entries[former])  # type: ignore[arg-type]
    if source is not section:
        target = section.data.setdefault(kind, {})
        if not isinstance(target, dict) or name in target:
            yield _problem(laid, at, "目标段已有同名的一项", "the section it moves to has this entry already")
            return
        del entries[former]
        target[name] = raw
        if name != former:
            raw.setdefault("value", former)
        # A sub-heading of the former section means nothing in the new one.
        raw.pop("block", None)
    else:
        entries[name] = raw
    _change(raw, patch)
    section.touched[kind, name] = laid.place(at)


def _lay_table(laid: Laid, at: KeyPath, section: Layer, name: str, patch: TablePatch) -> Iterator[Problem]:
    tables = _mapping(section, "tables")
    table = tables.get(name) if tables is not None else None
    if not isinstance(table, dict):
        yield _problem(laid, at, "资料包的这一段没有这个表格", "the pack's section has no such table")
        return
    for word in ("labels", "add", "confirm", "cancel", "edit"):
        texts = getattr(patch, word)
        if texts:
            table[word] = list(texts)
            section.touched["tables", name, word] = laid.place((*at, word))
    for key, one in patch.fields.items():
        fields = table.get("fields")
        raw = fields.get(key) if isinstance(fields, dict) else None
        if not isinstance(raw, dict) or one.moved_from:
            yield _problem(laid, (*at, "fields", key), "表格没有这一列", "the table has no such column")
            continue
        _change(raw, one)
        section.touched["tables", name, "fields", key] = laid.place((*at, "fields", key))


def _change(raw: MutableMapping[str, Tree], patch: FieldPatch) -> None:
    if patch.labels:
        raw["labels"] = list(patch.labels)
    if patch.block is not None:
        raw["block"] = patch.block
    if patch.control is not None:
        raw["control"] = patch.control


def _lay_host(laid: Laid, at: KeyPath, portal: Layer, patch: HostPatch) -> None:
    hosts = portal.data.get("hosts")
    listed: list[Tree] = hosts if isinstance(hosts, list) else []
    allow: list[Tree] = [{"method": one.method, "path": one.path, "purpose": one.purpose} for one in patch.allow]
    for number, host in enumerate(listed):
        if isinstance(host, dict) and _names(host.get("origins"), patch.origin):
            host["verified_on"] = patch.verified_on.isoformat()
            host["allow"] = allow
            portal.touched["hosts", number] = laid.place(at)
            return
    listed.append(
        {
            "origins": [patch.origin],
            "kind": "live",
            "verified_on": patch.verified_on.isoformat(),
            "allow": allow,
            "evidence": "P",
            "note": f"seen by {patch.verified_by}",
        }
    )
    portal.data["hosts"] = listed
    portal.touched["hosts", len(listed) - 1] = laid.place(at)


def _names(origins: object, origin: str) -> bool:
    """Whether a host of the pack is this one: by its origin, or by a pattern that takes any port."""
    listed = origins if isinstance(origins, list) else []
    return any(one in (origin, f"{origin.rpartition(':')[0]}:*") for one in listed)


def _mapping(layer: Layer, name: str) -> MutableMapping[str, Tree] | None:
    found = layer.data.get(name)
    return found if isinstance(found, dict) else None


def _problem(laid: Laid, at: KeyPath, zh: str, en: str) -> Problem:
    return Problem(laid.place(at), " › ".join(str(part) for part in at), Text(zh, en))


# ---- what it changes, in words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One line of the diff a person accepts: where, what it was, what it becomes."""

    where: str
    before: str
    after: str


def changes(overlay: Overlay, before: Mapping[str, Tree]) -> list[Change]:
    """What the overlay changes, line by line. `before`: the pack's sections as read, by key, and its `hosts`."""
    listed: list[Change] = []
    for key, section in overlay.sections.items():
        raw = before.get(key)
        if section.title is not None:
            listed.append(Change(f"{key} › title", _told(_get(raw, "title")), section.title))
        groups: Sequence[tuple[str, Mapping[str, FieldPatch]]] = (
            ("fields", section.fields),
            ("uploads", section.uploads),
            *((f"tables › {name} › fields", table.fields) for name, table in section.tables.items()),
        )
        for group, patches in groups:
            for name, patch in patches.items():
                source = before.get(patch.moved_from) if patch.moved_from else raw
                old = _get(source, *group.split(" › "), name.partition("@")[0])
                if patch.moved_from:
                    listed.append(Change(f"{key} › {name} › section", patch.moved_from, key))
                for word in ("labels", "block", "control"):
                    new = getattr(patch, word)
                    if new is not None:
                        listed.append(Change(f"{key} › {name} › {word}", _told(_get(old, word)), _told(new)))
        for name, table in section.tables.items():
            for word in ("labels", "add", "confirm", "cancel", "edit"):
                new = getattr(table, word)
                if new is not None:
                    listed.append(
                        Change(f"{key} › {name} › {word}", _told(_get(raw, "tables", name, word)), _told(new))
                    )
    for page in overlay.learned.pages:
        listed += [Change(f"{page.title} › {one.label}", "", one.means) for one in page.fields]
        for each, columns in page.rows.items():
            listed += [Change(f"{page.title} › {each} › {label}", "", means) for label, means in columns.items()]
        listed += [Change(f"{page.title} › {title}", "", each) for title, each in page.lists.items()]
        if page.after:
            listed.append(Change(f"{page.title} › after", "", " → ".join(page.after)))
    listed += [
        Change(f"{one.origin} › request", "", f"{one.method} {one.path}（{one.purpose}）")
        for one in overlay.learned.requests
    ]
    for host in overlay.hosts:
        for one in host.allow:
            after = f"{one.method} {one.path}（{one.purpose}，{host.verified_on} {host.verified_by}）"
            listed.append(Change(f"{host.origin} › allow", "", after))
    return listed


def _get(tree: Tree | None, *path: str) -> Tree | None:
    for name in path:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def _told(tree: object) -> str:
    if isinstance(tree, list | tuple):
        return "、".join(str(one) for one in tree)
    return "" if tree is None else str(tree)
