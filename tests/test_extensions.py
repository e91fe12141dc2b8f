"""An extension touches the places that docs/architecture.md names, and no others: each is made in a copy of the tree and used."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]


class Copy:
    """A copy of the product in which files are added and lines put in; `touched` names them."""

    def __init__(self, root: Path) -> None:
        self.root, self.touched = root, set[str]()
        for name in ("assistant", "selectors"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("fixtures", "profiles"):
            (root / name).symlink_to(ROOT / name)

    def add(self, path: str, text: str) -> None:
        """A new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")
        self.touched.add(path)

    def put(self, path: str, before: str, line: str) -> None:
        """One more line in a registry, before the first place where `before` stands."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert before in text
        (self.root / path).write_text(text.replace(before, f"{line}\n{before}", 1), encoding="utf-8")
        self.touched.add(path)

    def register(self, path: str, opening: str, name: str) -> None:
        """One more name at the head of a registry that opens so."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert opening in text
        (self.root / path).write_text(text.replace(opening, f"{opening}{name}, ", 1), encoding="utf-8")
        self.touched.add(path)

    def python(self, *words: str) -> str:
        """What the copy's Python prints."""
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_new_verb_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add(
        "assistant/cli/greet.py",
        "GIVES_JSON = False\n\n\ndef add_arguments(parser):\n    pass\n\n\ndef run(args):\n    print('good day')\n    return 0\n",
    )
    copy.put("assistant/cli/__init__.py", '    "demo": Text(', '    "greet": Text("问好", "say good day"),')
    assert copy.python("-m", "assistant", "greet").strip() == "good day"
    assert "say good day" in copy.python("-m", "assistant", "--help", "--lang", "en")
    assert len(copy.touched) == 2


def test_a_new_document_check_is_one_module_and_one_registry(copy: Copy) -> None:
    checks = "assistant/check/documents/checks"
    module = (copy.root / checks / "colour.py").read_text(encoding="utf-8").replace('"colour.grey"', '"tint.grey"')
    copy.add(f"{checks}/tint.py", module)
    copy.put(
        f"{checks}/__init__.py",
        "from assistant.check.documents.facts import",
        "from assistant.check.documents.checks import tint",
    )
    copy.put(f"{checks}/__init__.py", "    content_type,\n    integrity", "    tint,")
    asked = "from assistant.check.documents.checks import CHECKS, KIND_BY_CODE as kinds; print('tint.grey' in kinds, len(CHECKS))"
    before = len(
        (ROOT / checks / "__init__.py")
        .read_text(encoding="utf-8")
        .partition("CHECKS: ")[2]
        .partition(")\n")[0]
        .split(",\n")
    )
    known, count = copy.python("-c", asked).split()
    assert (known, int(count)) == ("True", before)
    assert len(copy.touched) == 2


def test_a_new_city_is_one_file(copy: Copy) -> None:
    city = (copy.root / "selectors/cities/beijing.yaml").read_text(encoding="utf-8")
    copy.add("selectors/cities/tianjin.yaml", city.replace("city: beijing", "city: tianjin"))
    words = ("-m", "assistant", "plan", str(ROOT / "profiles/sample-lee"), "--city", "tianjin", "--json", "-")
    assert json.loads(copy.python(*words))["city"] == "tianjin"
    assert len(copy.touched) == 1


LIBRARY = """// A box of nobody's: a div with a class, its value in an attribute.
(core) => ({
  name: "nobodys",
  popups: "",
  kinds: [{
    kind: "text",
    selector: ".nobodys-box",
    when: () => true,
    readOnly: () => false,
    disabled: () => false,
    read: (box) => box.dataset.value || "",
    write: async (box, { value }) => { box.dataset.value = value; return null; },
  }],
})
"""


def test_a_new_widget_library_is_one_script_and_one_line(copy: Copy, page: Page) -> None:
    copy.add("assistant/page/engine/libraries/nobodys.js", LIBRARY)
    copy.put("assistant/page/engine/__init__.py", '    "element_plus",', '    "nobodys",')
    page.set_content('<form><label id="a">昵称</label><div class="nobodys-box" aria-labelledby="a"></div></form>')
    source = copy.python("-c", "from assistant.page.engine import engine_source; print(engine_source())")
    seen = page.evaluate(f"() => ({source})().look()")
    assert [one["label"] for one in seen["controls"] if one["library"] == "nobodys"] == ["昵称"]
    assert len(copy.touched) == 2


READER = '''"""Business cards as phones send them: one person, a line a value."""

from assistant.intake.draft import Drafts, ProfileDraft, ReadValue

KINDS = ("other",)
_PATHS = {"EMAIL": "applicant.email", "TEL": "applicant.phone"}


def recognises(file):
    return file.content.startswith(b"BEGIN:VCARD")


def read(file, city, today):
    lines = [line.partition(":") for line in file.content.decode("utf-8").splitlines()]
    surname, given, *_ = next(value for key, _, value in lines if key == "N").split(";")
    said = {"applicant.surname": surname, "applicant.given_names": given}
    said |= {_PATHS[key]: value for key, _, value in lines if key in _PATHS}
    values = [ReadValue(path, value, f"{file.name}#{path}", "other", "typed") for path, value in said.items()]
    return Drafts((ProfileDraft(file.name, tuple(values)),))
'''


def test_a_new_source_of_data_is_one_reader_and_one_registry(copy: Copy, tmp_path: Path) -> None:
    registry = "assistant/intake/readers/__init__.py"
    copy.add("assistant/intake/readers/business_card.py", READER)
    copy.put(registry, "from assistant.messages import", "from assistant.intake.readers import business_card")
    copy.register(registry, "READERS: tuple[Reader, ...] = (", "business_card")
    card = tmp_path / "minho.vcf"
    card.write_text("BEGIN:VCARD\nN:KIM;MINHO;;;\nEMAIL:minho@example.org\nEND:VCARD\n", encoding="utf-8")
    (tmp_path / "people").mkdir()
    words = (
        "-m",
        "assistant",
        "intake",
        str(card),
        "--into",
        str(tmp_path / "people"),
        "--city",
        "beijing",
        "--json",
        "-",
    )
    (person,) = json.loads(copy.python(*words))["applicants"]
    read = {one["path"]: (one["source"], one["how"], one["state"]) for one in person["fields"]}
    assert read["applicant.email"] == ("minho.vcf#applicant.email", "typed", "sure")
    assert "applicant.surname" in read and person["new"] is True
    assert len(copy.touched) == 2


STORE = '''"""Applicants in one ZIP file: a folder for each, what they share beside them."""

import zipfile
from contextlib import contextmanager

from assistant.errors import ChangedMeanwhile, InputError
from assistant.messages import Text
from assistant.store.base import PROFILE, ApplicantRef, checked_name, version_of
from assistant.store.scratch import passing_folder


class ZipFiles:
    def __init__(self, place, prefix):
        self._place, self._prefix = place, prefix

    def read(self, name):
        with zipfile.ZipFile(self._place) as archive:
            try:
                return archive.read(self._prefix + checked_name(name))
            except KeyError:
                raise FileNotFoundError(name) from None

    def write(self, name, content, *, expected):
        name = self._prefix + checked_name(name)
        self._put(name, content, expected)
        return version_of(content)

    def _put(self, name, content, expected):
        with zipfile.ZipFile(self._place) as archive:
            held = {one: archive.read(one) for one in archive.namelist()}
        if (version_of(held[name]) if name in held else None) != expected:
            raise ChangedMeanwhile(Text("已被修改", "changed meanwhile"), where=name)
        with zipfile.ZipFile(self._place, "w") as archive:
            for one, kept in (held | {name: content}).items():
                if kept is not None:
                    archive.writestr(one, kept)

    def where(self, name):
        return f"{self._place.name}/{self._prefix}{name}"


class ZippedApplicant(ZipFiles):
    main = PROFILE

    def __init__(self, place, name):
        super().__init__(place, f"{name}/")
        self.id, self.shared = name, ZipFiles(place, "")
        self._copies = passing_folder("sealed")

    def names(self):
        with zipfile.ZipFile(self._place) as archive:
            own = [one for one in archive.namelist() if one.startswith(self._prefix)]
        return tuple(sorted(one.removeprefix(self._prefix) for one in own))

    def remove(self, name, *, expected):
        self._put(self._prefix + checked_name(name), None, expected)

    def has(self, name):
        return name in self.names()

    def local_copy(self, name):
        content, path = self.read(name), self._copies / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


class ZipStore:
    def __init__(self, place):
        self._place, self.shared = place, ZipFiles(place, "")

    def applicants(self):
        with zipfile.ZipFile(self._place) as archive:
            found = [one.removesuffix(f"/{PROFILE}") for one in archive.namelist() if one.endswith(f"/{PROFILE}")]
        return tuple(map(ApplicantRef, sorted(found)))

    def states(self):
        with zipfile.ZipFile(self._place) as archive:
            sums = {one.filename: one.CRC for one in archive.infolist()}
        shared = [item for item in sums.items() if "/" not in item[0]]
        return {
            ref: (shared, [item for item in sums.items() if item[0].startswith(f"{ref.id}/")]) for ref in self.applicants()
        }

    @contextmanager
    def open(self, ref):
        if ref not in self.applicants():
            raise InputError(Text("没有这位申请人", "no such applicant"), where=ref.id)
        yield ZippedApplicant(self._place, ref.id)

    @contextmanager
    def new(self, ref):
        if ref in self.applicants():
            raise InputError(Text("已有这位申请人", "there is such an applicant"), where=ref.id)
        yield ZippedApplicant(self._place, checked_name(ref.id))
'''

ITS_TESTS = '''"""The new store keeps what every store promises, and a job works on it."""

import zipfile

import pytest
from tests.store.contract import FILES, StoreContract

from assistant.jobs.plan import PlanJob, plan
from assistant.store.base import ApplicantIn, ApplicantRef
from assistant.store.locations import PROFILES
from assistant.store.zipped import ZipStore


@pytest.fixture(scope="session", autouse=True)
def of_its_own(tmp_path_factory):
    import os

    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))


class TestZipStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path):
        with zipfile.ZipFile(tmp_path / "people.zip", "w") as archive:
            for name, files in {"lee": FILES, "kim": {"profile.yaml": b"city: beijing"}}.items():
                for file, content in files.items():
                    archive.writestr(f"{name}/{file}", content)
        return ZipStore(tmp_path / "people.zip")


def test_a_job_works_on_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "people.zip", "w") as archive:
        archive.write(PROFILES / "employer.yaml", "employer.yaml")
        for file in (PROFILES / "sample-lee").rglob("*.*"):
            archive.write(file, f"lee/{file.relative_to(PROFILES / 'sample-lee').as_posix()}")
    made = plan(PlanJob(ApplicantIn(ZipStore(tmp_path / "people.zip"), ApplicantRef("lee"))))
    assert made.plan.applicant == "lee" and made.plan.sections
'''


def test_a_new_place_to_keep_applicants_is_one_module(copy: Copy) -> None:
    copy.add("assistant/store/zipped.py", STORE)
    (copy.root / "tests").symlink_to(ROOT / "tests")
    (copy.root / "its_tests.py").write_text(ITS_TESTS, encoding="utf-8")
    options = ("-q", "-p", "no:cacheprovider", "--noconftest", "--rootdir", str(copy.root), "-c", "/dev/null")
    said = copy.python("-m", "pytest", *options, "its_tests.py")
    assert "failed" not in said and "passed" in said, said
    assert len(copy.touched) == 1
