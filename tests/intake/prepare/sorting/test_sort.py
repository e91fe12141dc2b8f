"""Sure or listed: each page goes where its headline and its names say, and nowhere else."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.check.city.loading import load_city
from assistant.check.documents.facts import facts_of
from assistant.check.slots import every_slot, slots_for
from assistant.intake.prepare.heap import HeapFile
from assistant.intake.prepare.sorting.found import Sorted
from assistant.intake.prepare.sorting.sort import sort_heap
from assistant.intake.prepare.sorting.whose import known_of
from assistant.profile.loading import Profile, load_profile
from assistant.profile.partly import load_what_is_right
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from tests.support.heaps import file, seen

ON = date(2026, 11, 22)
FORM = "外国人来华工作许可延期申请表"
OWN, OTHER = "护照号码：M98765432", "护照号码：A01234567"
NAME, OTHERS_NAME = "姓名 LEE MINJUN", "姓名 PARK JISOO"
EMPLOYER = "单位（盖章）：深圳市样例云帆科技有限公司"
Sorting = Callable[[Sequence[HeapFile]], Sorted]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-lee"))


@pytest.fixture(scope="module")
def sorting(profile: Profile) -> Sorting:
    city = load_city("shenzhen")
    needed = [slot.key for slot in slots_for(profile, city)]
    term = (profile.employment.contract_from.isoformat(), profile.employment.contract_to.isoformat())

    def sorted_heap(files: Sequence[HeapFile]) -> Sorted:
        return sort_heap(files, every_slot(profile, city), needed, known_of(profile), facts_of(profile, ON), term)

    return sorted_heap


@pytest.fixture
def without(tmp_path: Path) -> Callable[..., Sorting]:
    """The sorting with values of the profile that can't be used."""

    def made(*wrong: str) -> Sorting:
        shared = (PROFILES / "employer.yaml").read_text(encoding="utf-8")
        text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
        for line in wrong:
            assert (line in shared) != (line in text)
            key = line.partition(":")[0]
            shared, text = shared.replace(line, f"{key}: ''", 1), text.replace(line, f"{key}: '?'", 1)
        (tmp_path / "lee").mkdir(exist_ok=True)
        (tmp_path / "employer.yaml").write_text(shared, encoding="utf-8")
        (tmp_path / "lee" / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")
        read = load_what_is_right(PlainFolder(tmp_path / "lee"))
        assert read.problems
        city, profile = load_city("shenzhen"), read.profile
        slots = every_slot(profile, city)
        keys = [slot.key for slot in slots]
        return lambda files: sort_heap(files, slots, keys, known_of(profile), facts_of(profile, ON))

    return made


def placed(found: Sorted) -> dict[str, list[str]]:
    """Slot → the pages in it."""
    return {paper.slot.key: [page.place for page in paper.pages] for paper in found.papers}


def reasons(found: Sorted) -> dict[str, str]:
    return {one.place: one.reason for one in found.listed}


def test_the_same_title_goes_to_its_owner_only(sorting: Sorting) -> None:
    found = sorting([
        file("a.jpg", seen(1, [NAME, OWN, EMPLOYER], title="外国人来华工作许可延期申请表")),
        file("b.jpg", seen(1, [OTHERS_NAME, OTHER, EMPLOYER], title="外国人来华工作许可延期申请表")),
    ])  # fmt: skip
    assert placed(found) == {"extension_form": ["a.jpg"]}
    assert reasons(found) == {"b.jpg": "stranger"}


def test_a_page_that_names_nobody_is_listed(sorting: Sorting) -> None:
    found = sorting([file("a.jpg", seen(1, ["兹证明该员工年薪为四十二万元"], title="薪资证明"))])
    assert placed(found) == {}
    assert reasons(found) == {"a.jpg": "nobody"}


def test_a_relatives_number_one_sign_apart_is_not_the_applicants(sorting: Sorting) -> None:
    found = sorting([file("a.jpg", seen(1, ["护照号码：M98765433", EMPLOYER], title="外国人签证证件申请表"))])
    assert placed(found) == {}


def test_a_spouses_form_that_names_the_applicant_too_is_the_spouses(sorting: Sorting) -> None:
    rows = ["姓名 KIM SEOYEON", "护照号码：M11112222", "配偶 LEE MINJUN", EMPLOYER]
    found = sorting([file("a.jpg", seen(1, rows, title="外国人签证证件申请表"))])
    assert placed(found) == {} and reasons(found) == {"a.jpg": "stranger"}


def test_a_paper_with_a_like_title_that_no_slot_asks_for_is_named(sorting: Sorting) -> None:
    found = sorting([file("a.jpg", seen(1, [NAME, OWN, EMPLOYER], title="外国人来华工作许可变更申请表"))])
    assert reasons(found) == {"a.jpg": "unasked"}


def test_one_title_of_two_slots_is_told_by_whose_it_is(sorting: Sorting) -> None:
    company = ["纳税人：深圳市样例云帆科技有限公司", "税种 税款所属期 实缴金额"]
    found = sorting([file("a.jpg", seen(1, company, title="税收完税证明"))])
    assert placed(found) == {"company_tax": ["a.jpg"]}
    own = ["纳税人名称：LEE MINJUN", "证件号码：M98765432", "扣缴义务人 深圳市样例云帆科技有限公司"]
    found = sorting([file("a.jpg", seen(1, own, title="税收完税证明"))])
    assert "company_tax" not in placed(found)


def test_another_companys_statement_goes_nowhere(sorting: Sorting) -> None:
    rows = ["户名：广州另一家贸易有限公司", "对方户名 深圳市样例云帆科技有限公司"]
    found = sorting([file("a.jpg", seen(1, rows, title="对公账户交易明细"))])
    assert placed(found) == {}


def contract(
    term: str = "自2025年1月16日起至2028年1月15日止", foot: str = "第 1 页，共 2 页", who: str = OWN
) -> list[str]:
    return [
        "甲方：深圳市样例云帆科技有限公司",
        who,
        f"第一条 合同期限 {term}",
        "第五条 劳动报酬",
        *([foot] if not foot else []),
    ]


SECOND = [
    "第六条 工作内容",
    "甲方（盖章）：深圳市样例云帆科技有限公司",
    "乙方（签字）：",
    "签订日期：2024年12月27日",
    "争议处理",
    "社会保险",
]


def test_pages_of_one_contract_in_two_files_are_joined_in_their_order(sorting: Sorting) -> None:
    found = sorting([
        file("2.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg", "2.jpg"]}


def test_a_further_page_that_two_papers_could_have_is_listed(sorting: Sorting) -> None:
    second = [
        seen(1, [*SECOND, more], foot="第 2 页，共 2 页")
        for more in ("负责门店销售和客户接待工作安排", "负责仓库管理与设备维护及报表编制")
    ]
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("a.jpg", second[0]),
        file("b.jpg", second[1]),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg"]}
    assert reasons(found) == {"a.jpg": "follows-nothing", "b.jpg": "follows-nothing"}
    assert found.papers[0].missing == (2,)


def test_a_strangers_whole_paper_in_one_file_takes_no_page_of_the_applicants(sorting: Sorting) -> None:
    """A colleague's last page reads as the applicant's own does: the one in the colleague's file is the colleague's."""
    last = [
        "四、劳动报酬：按月支付。",
        "五、社会保险：依法缴纳。",
        "甲方（盖章）：深圳市样例云帆科技有限公司",
        "乙方（签字）：",
    ] * 3
    found = sorting([
        file("a.pdf", seen(1, [OTHERS_NAME, OTHER, EMPLOYER, "甲方", "乙方"], title="劳动合同", foot="第1页 共2页"),
             seen(2, last, foot="第2页 共2页")),
        file("b.jpg", seen(1, [NAME, OWN, EMPLOYER, "甲方", "乙方"], title="劳动合同", foot="第1页 共2页")),
        file("c.jpg", seen(1, last, foot="第2页 共2页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["b.jpg", "c.jpg"]}
    assert reasons(found) == {"a.pdf#page=1": "stranger", "a.pdf#page=2": "stranger"}


def test_a_strangers_further_page_is_not_taken_for_the_applicants(sorting: Sorting) -> None:
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("x.jpg", seen(1, contract(who=OTHER), title="劳动合同", foot="第 1 页，共 2 页")),
        file("y.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg"]}


def test_a_page_that_lies_there_twice_is_followed_by_the_number_of_either_file(sorting: Sorting) -> None:
    first = seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")
    his = "负责门店销售和客户接待工作，协助店长盘点库存并整理单据"
    found = sorting([
        file("copy of own-1.jpg", first, sha256="one"),
        file("own-1.jpg", first, sha256="one", same_as="copy of own-1.jpg"),
        file("own-2.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
        file("his-1.jpg", seen(1, contract(who=OTHER), title="劳动合同", foot="第 1 页，共 2 页")),
        file("his-2.jpg", seen(1, [*SECOND, his], foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["copy of own-1.jpg", "own-2.jpg"]}
    assert reasons(found)["his-2.jpg"] == "follows-nothing"


DUTIES = "负责物流调度平台后端服务的设计、开发和维护，指导团队成员完成代码评审"


def test_the_applicants_duties_tell_two_further_pages_apart(sorting: Sorting) -> None:
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("x.jpg", seen(1, contract(who=OTHER), title="劳动合同", foot="第 1 页，共 2 页")),
        file("y.jpg", seen(1, [*SECOND, "负责门店销售和客户接待工作"], foot="第 2 页，共 2 页")),
        file("z.jpg", seen(1, [*SECOND, DUTIES], foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg", "z.jpg"]}


def test_files_numbered_as_their_pages_belong_together(sorting: Sorting) -> None:
    found = sorting([
        file("合同-1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("x1.jpg", seen(1, contract(who=OTHER), title="劳动合同", foot="第 1 页，共 2 页")),
        file("x2.jpg", seen(1, [*SECOND, "别的工作内容甲乙丙丁"], foot="第 2 页，共 2 页")),
        file("合同-2.jpg", seen(1, [*SECOND, "完全不同的另一份工作内容"], foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["合同-1.jpg", "合同-2.jpg"]}


def test_a_further_page_scanned_twice_is_joined_once(sorting: Sorting) -> None:
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("2.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
        file("2 again.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg", "2.jpg"]} and reasons(found) == {"2 again.jpg": "double"}


def test_of_a_further_page_scanned_twice_the_sealed_scan_is_taken(sorting: Sorting) -> None:
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("grey.jpg", seen(1, SECOND, foot="第 2 页，共 2 页", grey=True)),
        file("pale.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
        file("sealed.jpg", seen(1, SECOND, foot="第 2 页，共 2 页", seal="yes")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg", "sealed.jpg"]}
    assert reasons(found) == {"grey.jpg": "double", "pale.jpg": "double"}


def test_papers_in_one_file_are_taken_apart(sorting: Sorting) -> None:
    found = sorting([
        file(
            "all.pdf",
            seen(1, [NAME, OWN, EMPLOYER], title="外国人来华工作许可延期申请表"),
            seen(2, contract(), title="劳动合同", foot="第 1 页，共 2 页"),
            seen(3, SECOND, foot="第 2 页，共 2 页"),
            seen(4, [OTHERS_NAME, OTHER], title="薪资证明"),
            seen(5, ["户名：深圳市样例云帆科技有限公司", "交易日期 摘要 余额"], title="对公账户交易明细"),
        )
    ])  # fmt: skip
    assert placed(found) == {
        "extension_form": ["all.pdf#page=1"],
        "contract": ["all.pdf#page=2", "all.pdf#page=3"],
        "company_bank": ["all.pdf#page=5"],
    }
    assert reasons(found) == {"all.pdf#page=4": "stranger"}


def test_a_page_without_a_sign_of_belonging_ends_the_paper_before_it(sorting: Sorting) -> None:
    found = sorting([
        file("all.pdf", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页"), seen(2, ["会议纪要", "略"]))
    ])  # fmt: skip
    assert placed(found) == {"contract": ["all.pdf#page=1"]}
    assert reasons(found) == {"all.pdf#page=2": "unknown"}


def test_the_contract_of_the_profiles_term_is_taken_of_two(sorting: Sorting) -> None:
    found = sorting([
        file("old.jpg", seen(1, contract("自2021年1月16日起至2025年1月15日止"), title="劳动合同")),
        file("new.jpg", seen(1, contract(), title="劳动合同")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["new.jpg"]}


def test_of_one_paper_scanned_twice_the_better_scan_is_taken(sorting: Sorting) -> None:
    rows = [NAME, OWN, EMPLOYER, "工作许可证编号 EXAMPLE44030001", "许可有效期至 2027-01-15", "职务 高级后端工程师"]
    found = sorting([
        file("grey.jpg", seen(1, rows, title="外国人来华工作许可延期申请表", grey=True)),
        file("good.jpg", seen(1, rows, title="外国人来华工作许可延期申请表", seal="yes")),
    ])  # fmt: skip
    assert placed(found) == {"extension_form": ["good.jpg"]}
    assert reasons(found) == {"grey.jpg": "double"}


def test_the_same_file_twice_is_a_double(sorting: Sorting) -> None:
    page = seen(1, [NAME, OWN, EMPLOYER], title="外国人来华工作许可延期申请表")
    found = sorting([file("a.jpg", page, sha256="x"), file("b.jpg", sha256="x", same_as="a.jpg")])
    assert placed(found) == {"extension_form": ["a.jpg"]} and reasons(found) == {"b.jpg": "double"}


MRZ = ("P<KORLEE<<MINJUN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M987654320KOR8803148M3205105<<<<<<<<<<<<<<<8")


def test_only_the_profiles_own_passport_is_placed(sorting: Sorting) -> None:
    older = ("P<KORLEE<<MINJUN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M123456785KOR8803148M2205106<<<<<<<<<<<<<<<4")
    wife = ("P<KORKIM<<SEOYEON<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M111122228KOR8908022F3105108<<<<<<<<<<<<<<<0")
    found = sorting([
        file("p.jpg", seen(1, ["PASSPORT", "M98765432"], zone=MRZ)),
        file("old.jpg", seen(1, ["PASSPORT", "M12345678"], zone=older)),
        file("wife.jpg", seen(1, ["PASSPORT", "M11112222"], zone=wife)),
    ])  # fmt: skip
    assert placed(found) == {"passport": ["p.jpg"]}
    assert reasons(found) == {"old.jpg": "other-document", "wife.jpg": "stranger"}


def test_a_portrait_is_taken_where_it_is_the_only_one_or_bears_the_name(sorting: Sorting) -> None:
    one, other = "10" * 1296, "f0" * 1296
    alone = sorting([file("a.jpg", seen(1, [], portrait="white", likeness=one))])
    assert placed(alone) == {"photo": ["a.jpg"]}
    two = [
        file("a.jpg", seen(1, [], portrait="white", likeness=one)),
        file("b.jpg", seen(1, [], portrait="white", likeness=other)),
    ]
    assert placed(sorting(two)) == {} and set(reasons(sorting(two)).values()) == {"which-portrait"}
    named = [two[0], file("Lee Minjun.jpg", seen(1, [], portrait="white", likeness=other))]
    assert placed(sorting(named)) == {"photo": ["Lee Minjun.jpg"]}


def test_what_the_case_does_not_need_is_listed_as_such(sorting: Sorting) -> None:
    found = sorting([file("a.jpg", seen(1, [NAME, OWN, EMPLOYER], title="薪资承诺书"))])
    assert placed(found) == {} and reasons(found) == {"a.jpg": "not-needed"}


def test_every_page_is_somewhere(sorting: Sorting) -> None:
    files = [
        file("a.pdf", seen(1, [NAME, OWN, EMPLOYER], title="薪资证明"), seen(2, [], blank=True), seen(3, ["随便"])),
        file("b.jpg", seen(1, ["无"])),
    ]
    found = sorting(files)
    pages = [page.place for paper in found.papers for page in paper.pages] + [one.place for one in found.listed]
    assert sorted(pages) == ["a.pdf#page=1", "a.pdf#page=2", "a.pdf#page=3", "b.jpg"]


# ---- data that are wrong or incomplete --------------------------------------------------------------------------------


def test_without_the_passport_number_a_form_goes_by_the_first_name_on_it(without: Callable[..., Sorting]) -> None:
    sorting = without("number: M98765432")
    found = sorting([
        file("own.jpg", seen(1, [NAME, OWN, EMPLOYER], title=FORM)),
        file("wife.jpg", seen(1, ["姓名 KIM SEOYEON", OTHER, "配偶 LEE MINJUN", EMPLOYER], title=FORM)),
        file("who.jpg", seen(1, [OTHER, "配偶 LEE MINJUN", EMPLOYER], title=FORM)),
    ])  # fmt: skip
    assert placed(found) == {"extension_form": ["own.jpg"]}
    assert reasons(found) == {"wife.jpg": "stranger", "who.jpg": "unsettled"}


def test_without_the_name_only_a_number_makes_a_page_the_applicants(without: Callable[..., Sorting]) -> None:
    sorting = without("surname: LEE")
    found = sorting([
        file("own.jpg", seen(1, [NAME, OWN, EMPLOYER], title=FORM)),
        file("his.jpg", seen(1, [OTHERS_NAME, OTHER, EMPLOYER], title=FORM)),
        file("who.jpg", seen(1, [OTHERS_NAME, "证明材料", EMPLOYER], title="薪资证明")),
    ])  # fmt: skip
    assert placed(found) == {"extension_form": ["own.jpg"]}
    assert reasons(found) == {"his.jpg": "stranger", "who.jpg": "unsettled"}


def test_a_further_page_of_nobody_knows_whom_is_not_taken_for_the_applicants(without: Callable[..., Sorting]) -> None:
    sorting = without("surname: LEE")
    his = [OTHERS_NAME, "甲方：深圳市样例云帆科技有限公司", "第一条 合同期限"]
    found = sorting([
        file("1.jpg", seen(1, contract(), title="劳动合同", foot="第 1 页，共 2 页")),
        file("x.pdf", seen(1, his, title="劳动合同", foot="第 1 页，共 2 页"), seen(2, SECOND, foot="第 2 页，共 2 页")),
        file("y.jpg", seen(1, SECOND, foot="第 2 页，共 2 页")),
    ])  # fmt: skip
    assert placed(found) == {"contract": ["1.jpg", "y.jpg"]}
    assert reasons(found) == {"x.pdf#page=1": "unsettled", "x.pdf#page=2": "unsettled"}


def test_without_the_employer_no_sealed_paper_is_placed(without: Callable[..., Sorting]) -> None:
    sorting = without("name: 深圳市样例云帆科技有限公司")
    found = sorting([
        file("form.jpg", seen(1, [NAME, OWN, EMPLOYER], title=FORM)),
        file("bank.jpg", seen(1, ["户名：深圳市样例云帆科技有限公司", "余额"], title="对公账户交易明细")),
    ])  # fmt: skip
    assert placed(found) == {} and set(reasons(found).values()) == {"unsettled"}


def test_an_old_passport_is_not_taken_for_the_new_one_while_the_number_is_wrong(
    without: Callable[..., Sorting],
) -> None:
    sorting = without("number: M98765432")
    older = ("P<KORLEE<<MINJUN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M123456785KOR8803148M2205108<<<<<<<<<<<<<<<4")
    wife = ("P<KORKIM<<SEOYEON<<<<<<<<<<<<<<<<<<<<<<<<<<<", "M111122228KOR8908022F3105108<<<<<<<<<<<<<<<0")
    found = sorting([
        file("p.jpg", seen(1, ["PASSPORT", "M98765432"], zone=MRZ)),
        file("old.jpg", seen(1, ["PASSPORT", "M12345678"], zone=older)),
        file("wife.jpg", seen(1, ["PASSPORT", "M11112222"], zone=wife)),
    ])  # fmt: skip
    assert placed(found) == {"passport": ["p.jpg"]}
    assert reasons(found) == {"old.jpg": "other-document", "wife.jpg": "stranger"}


@pytest.mark.parametrize("wrong", [("birth_date: 1988-03-14",), ("number: M98765432", "expires_on: 2032-05-10")])
def test_a_passport_that_can_t_be_compared_is_listed(without: Callable[..., Sorting], wrong: tuple[str, ...]) -> None:
    found = without(*wrong)([file("p.jpg", seen(1, ["PASSPORT", "M98765432"], zone=MRZ))])
    assert placed(found) == {} and reasons(found) == {"p.jpg": "unsettled"}
