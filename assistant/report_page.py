"""The HTML report."""

from assistant.messages import Language
from assistant.plan import Plan
from assistant.report import Report


def report_page(report: Report, plan: Plan, language: Language) -> str:
    raise NotImplementedError
