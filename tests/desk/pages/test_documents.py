"""Papers: into their slots by content, shown anew, never served as they came."""

import io

import pytest
from PIL import Image

from assistant.profile.loading import load_profile
from assistant.store import credentials, sealing
from assistant.store.applicant_folder import PlainFolder
from assistant.store.folders import opened

PAGE = "/cases/sample-lee/documents"
PDF = b"%PDF-1.4\n%nothing\n"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def home(desk_folder):
    return desk_folder / "sample-lee"


def documents(home) -> dict[str, list[str]]:
    with opened(home) as kept:
        profile = load_profile(kept)
        return {slot: [profile.file_names[path] for path in paths] for slot, paths in profile.documents.items()}


def test_each_slot_is_a_region_with_its_need_its_state_and_its_pages(visitor):
    text = visitor.get(PAGE).text
    assert '<section class="card slot" aria-label="聘用合同原件"' in text
    assert 'name="contract"' in text and 'type="file"' in text
    assert f"{PAGE.removesuffix('documents')}page/contract/0/1" in text


def test_an_upload_goes_into_its_slot_under_the_slot_s_own_name(visitor, home):
    answer = visitor.upload(PAGE, [("salary_proof", "../../evil <b>.exe", png()), ("contract", "李敏俊.pdf", PDF)])
    assert answer.headers["location"] == f"{PAGE}?kept=2#slot-salary_proof"
    now = documents(home)
    assert now["salary_proof"] == ["documents/salary_proof.png"]
    assert now["contract"] == ["documents/contract.pdf", "documents/contract (1).pdf"]
    assert (home / "documents" / "salary_proof.png").read_bytes() == png()
    assert not list(home.parent.rglob("*evil*"))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04" + bytes(99),
        b"MZ" + bytes(99),
        b"",
    ],
)
def test_what_is_no_paper_by_its_content_is_refused_and_nothing_is_kept(visitor, home, content):
    before = (home / "profile.yaml").read_bytes(), sorted(path.name for path in home.rglob("*"))
    answer = visitor.upload(PAGE, [("photo", "photo.jpg", content)])
    assert answer.status == 422
    assert "没有保存" in answer.words
    assert before == ((home / "profile.yaml").read_bytes(), sorted(path.name for path in home.rglob("*")))


@pytest.mark.parametrize("slot", ["nothing", "../contract", "documents.contract"])
def test_a_slot_that_does_not_exist_takes_nothing(visitor, home, slot):
    before = sorted(home.rglob("*"))
    assert visitor.upload(PAGE, [(slot, "a.pdf", PDF)]).status == 422
    assert sorted(home.rglob("*")) == before


def test_a_page_is_drawn_anew_and_never_served_as_it_came(visitor, home):
    visitor.upload(PAGE, [("salary_proof", "a.png", png())])
    answer = visitor.get("/cases/sample-lee/page/salary_proof/0/1")
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.body)).format == "JPEG"
    for path in ("salary_proof/0/2", "salary_proof/1/1", "nothing/0/1", "contract/9/1"):
        assert visitor.get(f"/cases/sample-lee/page/{path}").status == 404


def test_a_file_that_can_t_be_drawn_costs_only_its_picture(visitor):
    visitor.upload(PAGE, [("other", "a.pdf", PDF), ("salary_proof", "a.png", png())])
    assert visitor.get("/cases/sample-lee/page/other/0/1").status == 404
    assert visitor.get("/cases/sample-lee/page/salary_proof/0/1").status == 200


def test_what_is_taken_out_stays_in_the_folder(visitor, home):
    visitor.post(PAGE, {"slot": "contract", "out": "documents/contract.pdf"})
    assert "contract" not in {slot for slot, files in documents(home).items() if files}
    assert (home / "documents" / "contract.pdf").is_file()


def test_papers_can_come_before_the_data_are_complete(visitor, desk_folder):
    visitor.post("/cases", {"surname": "KIM", "given_names": "ANA", "chinese_name": "", "city": "beijing"})
    page = visitor.get("/cases/kim-ana/documents")
    assert "资料还没有填完" in page.words and 'name="contract"' in page.text
    visitor.upload("/cases/kim-ana/documents", [("contract", "a.pdf", PDF)])
    assert "contract: documents/contract.pdf" in (desk_folder / "kim-ana" / "profile.yaml").read_text(encoding="utf-8")


def test_a_sealed_folder_takes_papers_and_shows_them_without_leaving_any(visitor, home):
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(home, key)
    visitor.upload(PAGE, [("salary_proof", "a.png", png())])
    assert visitor.get("/cases/sample-lee/page/salary_proof/0/1").status == 200
    assert sorted(path.name for path in home.rglob("*")) == ["sealed.age"]
    assert documents(home)["salary_proof"] == ["documents/salary_proof.png"]


def test_a_name_that_leads_out_of_the_folder_shows_nothing(visitor, home):
    (home.parent / "outside.pdf").write_bytes(PDF)
    text = (home / "profile.yaml").read_text(encoding="utf-8")
    (home / "profile.yaml").write_text(text.replace("documents/contract.pdf", "../outside.pdf"), encoding="utf-8")
    assert visitor.get("/cases/sample-lee/page/contract/0/1").status == 404
    assert PlainFolder(home).names()
