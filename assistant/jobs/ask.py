"""The job of asking the applicant: a questionnaire of what is missing, in their language, and a letter that lists missing papers."""

from dataclasses import dataclass
from datetime import date

from assistant.intake.questionnaire.page import page
from assistant.intake.questionnaire.questions import AskLanguage, Questions, letter, questions
from assistant.intake.trees import flat
from assistant.profile.loading import read_raw
from assistant.store import sealing
from assistant.store.base import ApplicantAt


@dataclass(frozen=True)
class AskJob:
    """Whose questionnaire, in which language, as of a day."""

    applicant: ApplicantAt
    language: AskLanguage
    on: date


@dataclass(frozen=True)
class MadeQuestionnaire:
    """The page as HTML, what it asks, and the letter. `new_key`: the handler's key was made for it just now."""

    applicant: str
    language: AskLanguage
    html: str
    questions: Questions
    letter: str
    new_key: bool

    def as_json(self) -> dict[str, object]:
        """For scripts (schema 1): paths and slots, no value."""
        return {
            "schema": 1,
            "command": "ask",
            "applicant": self.applicant,
            "language": self.language,
            "asked": [one.path for one in self.questions.values],
            "tables": [one.table for one in self.questions.tables],
            "papers": list(self.questions.papers),
        }


def ask(job: AskJob) -> MadeQuestionnaire:
    """Raises InputError where the profile can't be read, KeyringUnusable without a keyring, LibrariesMissing."""
    with job.applicant.open() as kept:
        data = read_raw(kept).data
        name = kept.id
    values = dict(flat(data))
    documents = data.get("documents", {})
    slots = set(dict(flat(documents))) if isinstance(documents, dict) else set()
    asked = questions(
        {path: text for path, text in values.items() if not path.startswith("documents.")}, slots, job.language
    )
    key, new = sealing.kept_or_new_key()
    html = page(asked, job.language, applicant=name, recipient=sealing.public_key(key), on=job.on)
    return MadeQuestionnaire(name, job.language, html, asked, letter(tuple(asked.papers), job.language), new)
