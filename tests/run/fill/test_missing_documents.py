"""Required documents that the page's lists lack: by the page's, the pack's or the city's word, by what the lists show."""

import dataclasses

from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill import missing_documents
from assistant.run.fill.read_back import ShownSection
from assistant.run.plan import SectionPlan, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


def attachments(sample: str = "sample-lee") -> SectionPlan:
    return make_plan(load_profile(PlainFolder(PROFILES / sample)), load_portal("shenzhen")).sections[-1]


def lists(plan: SectionPlan, **changes: object) -> Snapshot:
    """The page's lists, each with a file, but for those that `changes` names by slot (None: no such list)."""
    controls = [
        Control(0, number, "upload", "native", upload.label, value=changes.get(upload.slot, ("a.pdf",)))  # type: ignore[arg-type]
        for number, upload in enumerate(plan.section.uploads)
        if changes.get(upload.slot, ()) is not None
    ]
    return Snapshot(tuple(controls))


def test_a_list_that_holds_a_file_lacks_nothing():
    plan = attachments()
    assert missing_documents.missing(ShownSection(plan, lists(plan)), {"contract"}) == ()


def test_an_empty_list_or_none_at_all_is_missing_where_the_pack_or_the_city_requires_it():
    plan = attachments()
    assert missing_documents.missing(ShownSection(plan, lists(plan, contract=(), passport=None)), ()) == (
        "聘用合同原件",
        "申请人护照或国际旅行证件",
    )
    assert missing_documents.missing(
        ShownSection(plan, lists(plan, sector_approval=(), other=())), {"sector_approval"}
    ) == ("行业主管部门批准文书",)


def test_what_this_case_does_not_ask_for_is_not_missing():
    degree, points = attachments("sample-lee"), attachments("sample-okafor")
    assert missing_documents.missing(ShownSection(degree, lists(degree, salary_proof=())), ()) == ()
    assert missing_documents.missing(ShownSection(points, lists(points, salary_proof=())), ()) == ("薪资证明材料",)


def test_what_only_the_page_marks_as_required_is_named_once():
    plan = attachments()
    seen = lists(plan, contract=(), other=())
    marked = tuple(
        dataclasses.replace(one, required=one.label in ("聘用合同原件", "其他材料")) for one in seen.controls
    )
    assert missing_documents.missing(ShownSection(plan, Snapshot(marked)), {"contract"}) == ("聘用合同原件", "其他材料")


def test_required_slots_are_named_as_the_page_names_them():
    labels = missing_documents.required_labels(attachments(), {"photo", "change_letter"})
    assert "聘用合同原件" in labels and "岗位变更申请函及证明材料" in labels and "薪资证明材料" not in labels
