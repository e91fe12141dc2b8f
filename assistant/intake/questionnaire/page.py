"""The questionnaire as one HTML file: its words, its questions, the handler's public key and the script that encrypts with it.

Promises: it loads nothing and sends nothing, held by its own policy; no script runs in it but the two that were put there; it holds no
value of the applicant's, only what is asked.
"""

import base64
import hashlib
import json
from datetime import date
from importlib.resources import files

from assistant.intake.questionnaire.encryption import encryption_script, licences
from assistant.intake.questionnaire.questions import LARGEST_PAPERS, AskLanguage, Questions, wording

SCHEMA = 1


def page(questions: Questions, language: AskLanguage, *, applicant: str, recipient: str, on: date) -> str:
    """The file's text. `recipient` is an age public key. Raises LibrariesMissing."""
    from jinja2 import Environment
    from markupsafe import Markup

    home = files(__package__)
    script = (home / "page.js").read_text(encoding="utf-8")
    style = (home / "page.css").read_text(encoding="utf-8")
    encryption = encryption_script()
    words = wording(language).words
    data = {
        "schema": SCHEMA,
        "applicant": applicant,
        "asked_on": on.isoformat(),
        "language": language,
        "recipient": recipient,
        "largest": LARGEST_PAPERS,
        "words": words,
        **questions.as_data(),
    }
    template = Environment(autoescape=True).from_string((home / "page.html").read_text(encoding="utf-8"))
    return template.render(
        language=language,
        words=words,
        style=Markup(style),
        style_hash=_hash(style),
        hashes=" ".join(f"'sha256-{_hash(text)}'" for text in (encryption, script)),
        data=Markup(_as_script(data)),
        licences=Markup(licences().replace("--", "- -").replace(">", "&gt;")),
        encryption=Markup(encryption),
        script=Markup(script),
    )


def _hash(text: str) -> str:
    """As a content security policy names a script or style that may be used."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def _as_script(data: object) -> str:
    """JSON that nothing in it can lead out of its element."""
    return (
        json.dumps(data, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
