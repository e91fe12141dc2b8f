"""Where this machine keeps what was learned of a portal, when no applicant is named."""

from pathlib import Path

from assistant.portal.overlay import overlay_home, overlay_name


def own_overlay(portal: str) -> Path:
    return Path(overlay_home().where(overlay_name(portal)))
