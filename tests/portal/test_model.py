"""A pack's version is the same for the same pack, and another one when anything it says is changed."""

from dataclasses import replace

from assistant.portal.loading import load_portal
from assistant.portal.model import pack_version
from assistant.portal.options import Option


def test_the_same_pack_has_the_same_version() -> None:
    assert pack_version(load_portal("shenzhen")) == pack_version(load_portal("shenzhen"))
    assert pack_version(load_portal("shenzhen")).startswith("shenzhen ")
    assert pack_version(load_portal("national"))[-8:] != pack_version(load_portal("shenzhen"))[-8:]


def test_a_changed_label_or_option_is_another_version() -> None:
    portal = load_portal("shenzhen")
    first, *others = portal.sections
    field = first.fields[0].model_copy(update={"labels": ("姓氏",)})
    renamed = first.model_copy(update={"fields_by_key": {**first.fields_by_key, field.key: field}})
    assert pack_version(replace(portal, sections=(renamed, *others))) != pack_version(portal)

    sex = portal.tables["sex"]
    swapped = sex.model_copy(update={"options": {**sex.options, "male": Option(text="女")}})
    assert pack_version(replace(portal, tables={**portal.tables, "sex": swapped})) != pack_version(portal)
