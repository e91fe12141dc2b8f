"""The job of checking: is one applicant's case ready, or what is missing? No browser is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City, load_city
from assistant.check.readiness import Readiness, check_case
from assistant.errors import InputError, ProfileError
from assistant.jobs.work.looks import looks_of
from assistant.messages import Language, Text
from assistant.profile.loading import Profile, load_profile, name_questions, read_raw
from assistant.review.console import Console
from assistant.store.base import Applicant, ApplicantAt
from assistant.store.files import try_writing


@dataclass(frozen=True)
class CheckJob:
    """One applicant's case, looked at as of a day. `city` is the profile's where it is empty; `crops` is a folder for
    pictures of what a person must compare."""

    applicant: ApplicantAt
    on: date
    city: str = ""
    crops: Path | None = None


@dataclass(frozen=True)
class Checked:
    """The answer, with the applicant and the city it is about."""

    applicant: Profile
    city: City
    readiness: Readiness

    def as_json(self, language: Language) -> dict[str, object]:
        """The answer for scripts (schema 1): codes, places and rules; no value of the person. Only messages are
        translated."""
        return {
            "schema": 1,
            "command": "check",
            "ready": self.readiness.ready,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "where": finding.where,
                    "slot": finding.slot,
                    "message": finding.message.say(language),
                    "source": finding.source,
                }
                for finding in self.readiness.findings
            ],
            "slots": [
                {
                    "slot": slot.slot,
                    "label": slot.label,
                    "required": slot.required == "required",
                    "need": slot.required,
                    "state": slot.state,
                    "files": slot.files,
                }
                for slot in self.readiness.slots
            ],
            "crops": {where: str(picture) for where, picture in self.readiness.crops.items()},
        }


def check(job: CheckJob, console: Console) -> Checked:
    """Raises InputError where the profile, the city or the folder for crops can't be used."""
    with job.applicant.open() as kept:
        applicant = _profile(kept, console)
        city = load_city(job.city or applicant.city)
        crops = _folder_for_crops(job.crops)
        files = sum(len(paths) for paths in applicant.documents.values())
        with console.progress(Text("检查材料文件", "checking documents"), files) as steps:
            return Checked(
                applicant, city, check_case(applicant, city, job.on, steps.at, crops, kept=looks_of(job.applicant))
            )


def check_quietly(job: CheckJob, progress: Callable[[int, int], None]) -> Checked:
    """The same where nobody sits at a terminal; `progress(done, total)` follows the document files."""
    with job.applicant.open() as kept:
        applicant = load_profile(kept)
        city = load_city(job.city or applicant.city)
        crops = _folder_for_crops(job.crops)
        return Checked(
            applicant, city, check_case(applicant, city, job.on, progress, crops, kept=looks_of(job.applicant))
        )


def _profile(kept: Applicant, console: Console) -> Profile:
    """The profile; when a name can't be used as written, says what ICAO 9303 makes of it before giving up."""
    try:
        return load_profile(kept)
    except ProfileError:
        for question in name_questions(read_raw(kept).data):
            console.line(
                Text(
                    f"{question.path}：{question.shown} → 建议写作 {question.proposal}（以护照机读码为准）",
                    f"{question.path}: {question.shown} → write {question.proposal} if the passport's machine "
                    "readable zone agrees",
                ),
                style="warning",
            )
        raise


def _folder_for_crops(folder: Path | None) -> Path | None:
    """The folder, there and its owner's alone if it is new; InputError before anything is checked if it can't be."""
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try_writing(folder / "crop")
        except OSError:
            raise InputError(
                Text(
                    "无法建立或写入这个文件夹；请换一个位置",
                    "this folder can't be made or written; choose another place",
                ),
                where="--crops",
            ) from None
    return folder
