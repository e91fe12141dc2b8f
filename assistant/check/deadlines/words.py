"""What the states of a filing window are called."""

from assistant.check.deadlines.filing_dates import WindowState
from assistant.messages import Text

STATE_WORDS: dict[WindowState, Text] = {
    "expired": Text("已过期", "expired"),
    "too-late": Text("已过期限", "too late"),
    "urgent": Text("立即申请", "file now"),
    "open": Text("可以申请", "open"),
    "too-early": Text("未到时间", "too early"),
}
