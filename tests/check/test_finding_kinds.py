"""A kind becomes a finding in both languages; what nobody states for sure warns."""

from assistant.check.finding_kinds import Basis, Kind
from assistant.messages import Text

LATE = Kind(
    "window.too-late",
    "error",
    Text("{city}不足 {days} 天", "{city}: under {days} days"),
    Text("晚", "late"),
    Text("过期", "over"),
    Text("问", "ask"),
    "guide",
)


def test_facts_and_the_rule_s_note_stand_in_both_languages():
    basis = Basis("guide (2026-01-01)", Text("见公告", "see the notice"))
    finding = LATE.at("work_permit.expires_on", basis, city=Text("北京", "Beijing"), days=30)
    assert finding.message == Text("北京不足 30 天（见公告）", "Beijing: under 30 days (see the notice)")
    assert (finding.code, finding.severity, finding.source) == ("window.too-late", "error", "guide (2026-01-01)")


def test_what_nobody_states_for_sure_only_warns():
    assert LATE.at("x", Basis("guess", sure=False), city="", days=1).severity == "warning"


def test_without_a_basis_the_kind_s_own_source_stands():
    assert LATE.at("x", city="", days=1).source == "guide"
