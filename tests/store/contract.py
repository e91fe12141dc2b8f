"""What every place to keep applicants must do; a new store inherits these tests and says how it is made."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.errors import ChangedMeanwhile, InputError
from assistant.store.base import Applicant, ApplicantRef, Store, add, content_of, version_of

FILES = {
    "profile.yaml": "city: shenzhen\n# 备注\n".encode(),
    "documents/contract.pdf": b"%PDF contract",
    "documents/护照 1.jpg": b"\xff\xd8 passport",
}
Make = Callable[[Path, str, dict[str, bytes]], None]


class StoreContract:
    """Inherit, and give `store` (of two applicants, `lee` with FILES and `kim` with a profile alone)."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    @pytest.fixture
    def lee(self, store: Store):  # type: ignore[no-untyped-def]
        with store.open(ApplicantRef("lee")) as applicant:
            yield applicant

    def test_applicants_are_listed_by_name(self, store: Store) -> None:
        assert list(store.applicants()) == [ApplicantRef("kim"), ApplicantRef("lee")]

    def test_a_state_differs_once_data_papers_or_what_is_shared_have_changed_and_not_before(self, store: Store) -> None:
        def states() -> list[object]:
            found = store.states()
            assert list(found) == list(store.applicants())
            return [found[ApplicantRef(name)] for name in ("kim", "lee")]

        before = states()
        assert states() == before
        with store.open(ApplicantRef("lee")) as lee:
            lee.write("profile.yaml", b"city: beijing\n", expected=version_of(FILES["profile.yaml"]))
        after = states()
        assert (after[0] == before[0], after[1] == before[1]) == (True, False)
        with store.open(ApplicantRef("lee")) as lee:
            lee.write("documents/another.pdf", b"x", expected=None)
        assert states()[1] != after[1]
        before = states()
        there = content_of(store.shared, "employer.yaml")
        store.shared.write("employer.yaml", b"name: another\n", expected=None if there is None else version_of(there))
        assert all(now != old for now, old in zip(states(), before, strict=True))

    def test_who_is_not_there_is_not_opened(self, store: Store) -> None:
        for name in ("nobody", "../lee", ""):
            with ExitStack() as stack, pytest.raises(InputError):
                stack.enter_context(store.open(ApplicantRef(name)))

    def test_all_files_are_there_as_they_were_put(self, lee: Applicant) -> None:
        assert lee.id == "lee"
        assert list(lee.names()) == sorted(FILES)
        assert {name: lee.read(name) for name in lee.names()} == FILES

    def test_one_more_applicant_is_there_once_their_profile_is_written(self, store: Store) -> None:
        with store.new(ApplicantRef("park")) as park:
            assert ApplicantRef("park") not in store.applicants()
            park.write("profile.yaml", b"city: beijing\n", expected=None)
        assert ApplicantRef("park") in store.applicants()
        with store.open(ApplicantRef("park")) as park:
            assert park.read("profile.yaml") == b"city: beijing\n"
        with ExitStack() as stack, pytest.raises(InputError):
            stack.enter_context(store.new(ApplicantRef("lee")))

    def test_a_file_is_taken_away_only_as_the_version_that_was_seen(self, lee: Applicant) -> None:
        with pytest.raises(ChangedMeanwhile):
            lee.remove("documents/contract.pdf", expected=version_of(b"another"))
        lee.remove("documents/contract.pdf", expected=version_of(FILES["documents/contract.pdf"]))
        assert "documents/contract.pdf" not in lee.names()
        assert lee.read("profile.yaml") == FILES["profile.yaml"]

    def test_a_file_that_is_not_there_is_not_read(self, lee: Applicant) -> None:
        with pytest.raises(FileNotFoundError):
            lee.read("documents/none.pdf")
        with pytest.raises(FileNotFoundError):
            lee.local_copy("documents/none.pdf")

    @pytest.mark.parametrize("name", ["../kim/profile.yaml", "/etc/passwd", "a/../../b", "c:\\x", "", "."])
    def test_no_name_leads_out_of_the_applicants_files(self, lee: Applicant, name: str) -> None:
        for go in (lee.read, lambda name: lee.write(name, b"x", expected=None)):
            with pytest.raises((InputError, FileNotFoundError)):
                go(name)

    def test_what_is_written_is_read_also_by_who_opens_it_next(self, store: Store, lee: Applicant) -> None:
        written = lee.write("profile.yaml", b"new", expected=version_of(FILES["profile.yaml"]))
        assert lee.read("profile.yaml") == b"new"
        assert written == version_of(b"new")
        with store.open(ApplicantRef("lee")) as again:
            assert {name: again.read(name) for name in again.names()} == FILES | {"profile.yaml": b"new"}

    def test_a_write_after_somebody_elses_is_refused_and_loses_nothing(self, store: Store, lee: Applicant) -> None:
        seen = version_of(lee.read("profile.yaml"))
        with store.open(ApplicantRef("lee")) as other:
            other.write("profile.yaml", b"theirs", expected=seen)
        with pytest.raises(ChangedMeanwhile):
            lee.write("profile.yaml", b"mine", expected=seen)
        with pytest.raises(ChangedMeanwhile):
            lee.write("profile.yaml", b"mine", expected=None)
        assert lee.read("profile.yaml") == b"theirs"

    def test_two_who_write_different_files_lose_neither(self, store: Store, lee: Applicant) -> None:
        with store.open(ApplicantRef("lee")) as other:
            other.write("documents/theirs.pdf", b"t", expected=None)
        lee.write("documents/mine.pdf", b"m", expected=None)
        assert (lee.read("documents/theirs.pdf"), lee.read("documents/mine.pdf")) == (b"t", b"m")

    def test_a_file_is_not_made_where_one_was_expected(self, lee: Applicant) -> None:
        with pytest.raises(ChangedMeanwhile):
            lee.write("documents/new.pdf", b"x", expected=version_of(b"old"))
        assert "documents/new.pdf" not in lee.names()

    def test_one_more_file_never_takes_anothers_name(self, lee: Applicant) -> None:
        assert add(lee, "documents/form.pdf", b"1") == "documents/form.pdf"
        assert add(lee, "documents/form.pdf", b"2") == "documents/form (1).pdf"
        assert add(lee, "documents/form.pdf", b"3") == "documents/form (2).pdf"
        assert lee.read("documents/form (1).pdf") == b"2"

    def test_a_local_copy_has_the_content_and_the_name(self, lee: Applicant) -> None:
        for name in FILES:
            path = lee.local_copy(name)
            assert path.read_bytes() == FILES[name]
            assert path.name == name.rpartition("/")[2]

    def test_what_applicants_share_is_read_and_written_by_each(self, store: Store, lee: Applicant) -> None:
        with pytest.raises(FileNotFoundError):
            lee.shared.read("overlays/shenzhen.yaml")
        written = lee.shared.write("overlays/shenzhen.yaml", b"overlay: shenzhen", expected=None)
        with pytest.raises(ChangedMeanwhile):
            lee.shared.write("overlays/shenzhen.yaml", b"mine", expected=None)
        with store.open(ApplicantRef("kim")) as kim:
            assert kim.shared.read("overlays/shenzhen.yaml") == b"overlay: shenzhen"
            kim.shared.write("overlays/shenzhen.yaml", b"theirs", expected=written)
        assert store.shared.read("overlays/shenzhen.yaml") == b"theirs"
        assert lee.names() == tuple(sorted(FILES))
        for name in ("../x", "/x", ""):
            with pytest.raises(InputError):
                lee.shared.write(name, b"x", expected=None)

    def test_a_file_is_told_by_its_name(self, lee: Applicant) -> None:
        assert lee.main == "profile.yaml"
        assert lee.where("documents/contract.pdf").replace("\\", "/").endswith("lee/documents/contract.pdf")

    def test_one_applicants_files_are_not_anothers(self, store: Store, lee: Applicant) -> None:
        lee.write("documents/new.pdf", b"x", expected=None)
        with store.open(ApplicantRef("kim")) as kim:
            assert list(kim.names()) == ["profile.yaml"]
