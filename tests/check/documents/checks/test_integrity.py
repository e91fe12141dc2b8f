"""Whether a file can be opened safely: what is empty is nothing, what is broken doesn't matter, what runs is told."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from assistant.check.documents.checks import integrity
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.file_rules import FileRules
from fixtures.papers.defects import locked

ON = date(2026, 11, 22)
Change = Callable[[pikepdf.Pdf], None]


def made(change: Change) -> bytes:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"0 0 0 rg 100 100 200 200 re f")
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def codes(folder: Path, data: bytes, case: ApplicantFacts) -> list[str]:
    (folder / "paper.pdf").write_bytes(data)
    return [one.code for one in integrity.check(Paper(folder / "paper.pdf", FileRules(), "x"), case)]


def root(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value

    return change


def page(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.pages[0].obj[f"/{name}"] = value

    return change


D, A, N, S = pikepdf.Dictionary, pikepdf.Array, pikepdf.Name, pikepdf.String
SCRIPT = D(S=N.JavaScript, JS=S("app.alert(1)"))


EMPTY: dict[str, Change] = {
    "empty trees": root(Names=D(EmbeddedFiles=D(Names=A()), JavaScript=D(Names=A()))),
    "trees without anything": root(Names=D(EmbeddedFiles=D(), JavaScript=D())),
    "empty branches": root(Names=D(JavaScript=D(Kids=A([D(Names=A()), D(Kids=A())])))),
    "names without content": root(Names=D(EmbeddedFiles=D(Names=A([S("a"), D()])))),
    "names that are a list": root(Names=A()),
    "names that are a word": root(Names=N.Nothing),
    "trees that are numbers": root(Names=D(EmbeddedFiles=3, JavaScript=True)),
    "no actions in the catalogue": root(AA=D(), AF=A(), OpenAction=D()),
    "an opening place": root(OpenAction=A([0, N.Fit])),
    "an opening action without a kind": root(OpenAction=D(S=S("x"))),
    "notes that are no list": page(Annots=D()),
    "notes that are no notes": page(Annots=A([3, S("x"), N.Y, D()])),
    "no actions on the page": page(AA=D()),
    "a form without fields": root(AcroForm=D(Fields=A(), XFA=A())),
    "a broken form": root(AcroForm=A(), Perms=3, Outlines=S("x"), OCProperties=D()),
}
ACTIVE: dict[str, Change] = {
    "a script by name": root(Names=D(JavaScript=D(Names=A([S("a"), SCRIPT])))),
    "a script in a branch": root(Names=D(JavaScript=D(Kids=A([D(Kids=A([D(Names=A([S("a"), SCRIPT]))]))])))),
    "a script at opening": root(OpenAction=SCRIPT),
    "a script in the catalogue": root(AA=D(WC=SCRIPT)),
    "a script on the page": page(AA=D(O=SCRIPT)),
    "a script in a field": page(Annots=A([D(Subtype=N.Screen, Rect=[0, 0, 9, 9], AA=D(K=SCRIPT))])),
    "a file as a note": page(Annots=A([D(Subtype=N.FileAttachment, Rect=[0, 0, 9, 9])])),
    "a list of files": root(AF=A([D(Type=N.Filespec, F=S("x.exe"))])),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_empty_or_broken_in_the_catalogue_is_nothing(name: str, tmp_path: Path, case: ApplicantFacts) -> None:
    assert codes(tmp_path, made(EMPTY[name]), case) == []


@pytest.mark.parametrize("name", ACTIVE)
def test_what_would_run_or_is_attached_is_told(name: str, tmp_path: Path, case: ApplicantFacts) -> None:
    assert codes(tmp_path, made(ACTIVE[name]), case) == ["file.active-content"]


@pytest.mark.parametrize("packets", [A([S("template"), S("<xdp/>")]), S("<xdp/>")])
def test_an_xfa_form_is_said_as_such(packets: pikepdf.Object, tmp_path: Path, case: ApplicantFacts) -> None:
    assert codes(tmp_path, made(root(AcroForm=D(Fields=A(), XFA=packets))), case) == ["file.xfa-form"]


def test_a_file_with_an_owners_password_only_is_restricted_and_one_with_a_users_is_locked(
    tmp_path: Path, case: ApplicantFacts
) -> None:
    plain = made(lambda pdf: None)
    assert codes(tmp_path, locked(plain, user=""), case) == ["file.restricted"]
    assert codes(tmp_path, locked(plain), case) == ["file.encrypted"]
