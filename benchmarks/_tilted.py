"""Passports photographed askew, drawn by code that shares nothing with the fixtures': another page, another camera.

A booklet lies on a table and is photographed from above, not quite: tilted by 4 to 15 degrees, in perspective, lit from one side, with noise
and part of the table in view. What stands in its zone is known from drawing it.
"""

import io
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assistant.check.documents.facts import ApplicantFacts

_ZONE_FONT = Path(__file__).resolve().parent.parent / "fixtures" / "papers" / "fonts" / "OCRB.otf"
_PRINT_FONTS = ("DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf")
_NATIONS = ("ITA", "PRT", "CZE", "THA", "IDN", "TUR", "MEX", "CHL", "KEN", "GHA", "VNM", "PHL", "UKR", "SRB", "EGY")
_SURNAMES = (
    "ROSSI",
    "PEREIRA DA COSTA",
    "NOVAK",
    "WIDODO",
    "YILMAZ",
    "HERNANDEZ",
    "MWANGI",
    "NGUYEN",
    "PETROVIC",
    "HASSAN",
)
_GIVEN = ("CHIARA", "JOAO MIGUEL", "TEREZA", "AGUS", "ELIF NUR", "MATEO", "WANJIKU", "THI LAN", "BOZIDAR", "OMAR")
HOW = ("plain", "sheet", "perspective", "far", "shadow", "far-sheet", "noise", "sheet", "dim", "blurred", "far", "all")
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


@dataclass(frozen=True)
class Askew:
    """One photo, what its zone says, and how it was taken."""

    photo: bytes
    rows: tuple[str, str]
    case: ApplicantFacts
    degrees: float
    how: str


def photos(count: int, seed: int, least: float = 4.0, most: float = 15.0) -> Iterator[Askew]:
    """So many photos; tilts of both directions, spread evenly."""
    for place in range(count):
        size = least + (most - least) * ((place * 7) % count + 0.5) / count
        yield photo(f"{seed} {place}", size if place % 2 else -size, HOW[place % len(HOW)])


def photo(seed: str, degrees: float, how: str) -> Askew:
    """One photo, taken in one of the ways `HOW`; the same seed gives the same one."""
    chance = random.Random(seed)
    rows, case = _holder(chance)
    page = _page(rows, case, chance)
    page = _on_a_sheet(page, chance) if "sheet" in how else page
    return Askew(_taken(page, degrees, how, chance), rows, case, degrees, how)


def upright(count: int, seed: int) -> Iterator[Askew]:
    """The same without a tilt, to be compared."""
    return photos(count, seed, 0.0, 0.5)


# ---- the holder ----------------------------------------------------------------------------------------------------


def _digit(text: str) -> str:
    return str(sum(_VALUES.get(sign, 0) * (7, 3, 1)[place % 3] for place, sign in enumerate(text)) % 10)


def _holder(chance: random.Random) -> tuple[tuple[str, str], ApplicantFacts]:
    surname, given, nation = chance.choice(_SURNAMES), chance.choice(_GIVEN), chance.choice(_NATIONS)
    number = "".join(chance.choice("ABCEHKMNPRTX")) + "".join(chance.choice("0123456789") for _ in range(8))
    birth = date(1960, 1, 1) + timedelta(chance.randrange(15_000))
    expiry = date(2027, 3, 1) + timedelta(chance.randrange(2_900))
    sex = chance.choice("MF")
    first = f"P<{nation}{surname.replace(' ', '<')}<<{given.replace(' ', '<')}".ljust(44, "<")
    day, end = birth.strftime("%y%m%d"), expiry.strftime("%y%m%d")
    number_part, day_part, end_part = (text + _digit(text) for text in (number, day, end))
    personal = "<" * 14 + "0"
    second = f"{number_part}{nation}{day_part}{sex}{end_part}{personal}"
    second += _digit(number_part + day_part + end_part + personal)
    case = ApplicantFacts(
        on="2026-11-22",
        surname=surname,
        given_names=given,
        nationality=nation,
        birth_date=birth.isoformat(),
        sex="male" if sex == "M" else "female",
        passport_number=number,
        passport_expires=expiry.isoformat(),
        work_permit_number="",
        work_permit_expires="",
        residence_number="",
        residence_expires="",
    )
    return (first, second), case


# ---- the booklet ---------------------------------------------------------------------------------------------------


def _page(rows: tuple[str, str], case: ApplicantFacts, chance: random.Random) -> Image.Image:
    """A data page, 1500 × 1056 (125 × 88 mm), sometimes below the page before it."""
    wide, high = 1500, 1056
    tint = tuple(chance.randrange(205, 245) for _ in range(3))
    page = Image.new("RGB", (wide, high), tint)
    draw = ImageDraw.Draw(page)
    for wave in range(26):
        shade = tuple(max(0, level - chance.randrange(8, 26)) for level in tint)
        at, swing, step = wave * 44, chance.randrange(8, 30), chance.uniform(0.004, 0.02)
        draw.line([(x, at + swing * math.sin(x * step + wave)) for x in range(0, wide, 8)], fill=shade, width=2)
    font = chance.choice(_PRINT_FONTS)
    label, value = ImageFont.truetype(font, 19), ImageFont.truetype(font, 31)
    right = chance.random() < 0.3
    left = 60 if right else 500
    draw.text(
        (left, 40), chance.choice(("PASAPORTE", "PASSAPORTO", "PASSEPORT", "PASAPORT")), font=value, fill=(30, 40, 90)
    )
    _face(draw, (1040 if right else 70, 130), chance)
    fields = [
        ("Apellidos / Surname", case.surname),
        ("Nombres / Given names", case.given_names),
        ("Nacionalidad / Nationality", case.nationality),
        ("Fecha de nacimiento / Date of birth", _printed(case.birth_date)),
        ("Sexo / Sex", "M" if case.sex == "male" else "F"),
        ("Fecha de caducidad / Date of expiry", _printed(case.passport_expires)),
        ("Pasaporte n. / Passport No.", case.passport_number),
    ]
    for row, (name, told) in enumerate(fields):
        draw.text((left, 130 + row * 92), name, font=label, fill=(80, 80, 110))
        draw.text((left, 154 + row * 92), told, font=value, fill=(25, 25, 30))
    sign = ImageFont.truetype(str(_ZONE_FONT), 50)
    for line, text in enumerate(rows):
        pitch = (wide - 110) / 44
        for place, one in enumerate(text):
            draw.text((55 + place * pitch, 870 + line * 78), one, font=sign, fill=(20, 20, 22))
    if chance.random() < 0.5:
        return page
    spread = Image.new("RGB", (wide, high * 2), tint)
    upper = ImageDraw.Draw(spread)
    for row in range(chance.randrange(2, 6)):
        upper.text((120, 200 + row * 120), "Este documento pertenece al Estado", font=label, fill=(90, 90, 120))
    upper.line([(0, high), (wide, high)], fill=(120, 120, 130), width=5)
    spread.paste(page, (0, high))
    return spread


def _on_a_sheet(page: Image.Image, chance: random.Random) -> Image.Image:
    """A copy of the page in the upper half of an A4 sheet, with a few lines of a form around it."""
    sheet = Image.new("RGB", (1800, 2546), (246, 246, 243))
    small = page.resize((1200, round(1200 * page.height / page.width)), Image.Resampling.LANCZOS)
    sheet.paste(small, (chance.randrange(150, 450), 420))
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(chance.choice(_PRINT_FONTS), 34)
    for row, words in enumerate(("Copy of the passport of our employee", "for the file", "Signed:", "Date:")):
        draw.text((180, (140, 220, 2250, 2340)[row]), words, font=font, fill=(40, 40, 40))
    return sheet


def _face(draw: ImageDraw.ImageDraw, at: tuple[int, int], chance: random.Random) -> None:
    x, y = at
    draw.rectangle((x, y, x + 380, y + 490), fill=(214, 218, 224))
    skin = chance.choice(((224, 188, 160), (150, 105, 80), (196, 150, 118)))
    draw.ellipse((x + 90, y + 70, x + 290, y + 340), fill=skin)
    draw.pieslice((x + 70, y + 40, x + 310, y + 260), 180, 360, fill=(40, 32, 28))
    draw.polygon([(x + 20, y + 490), (x + 130, y + 350), (x + 250, y + 350), (x + 360, y + 490)], fill=(50, 60, 90))


def _printed(day: str) -> str:
    return date.fromisoformat(day).strftime("%d %m %Y")


# ---- the camera ----------------------------------------------------------------------------------------------------


def _taken(page: Image.Image, degrees: float, how: str, chance: random.Random) -> bytes:
    """The page on a table as a phone takes it, as a JPEG."""
    every = how == "all"
    wide, high = (3000, 2250) if page.width > page.height else (2250, 3000)
    fill = chance.uniform(0.36, 0.5) if how.startswith("far") else chance.uniform(0.55, 0.78)
    scale = (fill + 0.3 if how == "far-sheet" else fill) * min(wide / page.width, high / page.height)
    half = page.width * scale / 2, page.height * scale / 2
    angle = math.radians(degrees)
    middle = wide * chance.uniform(0.47, 0.53), high * chance.uniform(0.47, 0.53)
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        a, b = x * half[0], y * half[1]
        corner = [
            middle[0] + a * math.cos(angle) - b * math.sin(angle),
            middle[1] + a * math.sin(angle) + b * math.cos(angle),
        ]
        if how == "perspective" or every:
            corner = [one + chance.uniform(-0.035, 0.035) * wide for one in corner]
        corners.append(corner)
    table = _table(wide, high, chance)
    flat = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    lying = cv2.warpPerspective(np.asarray(page), matrix, (wide, high), flags=cv2.INTER_AREA)
    mask = (
        cv2.warpPerspective(np.full((page.height, page.width), 255, np.uint8), matrix, (wide, high))[:, :, None] / 255.0
    )
    seen = table * (1 - mask) + lying * mask
    if how == "shadow" or every:
        across, down = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, high))
        turn = chance.uniform(0, 2 * math.pi)
        edge = across * math.cos(turn) + down * math.sin(turn) + chance.uniform(-0.3, 0.3)
        seen *= (1 - 0.45 / (1 + np.exp(-edge * 9)))[:, :, None]
    if how in ("dim", "all"):
        seen = 45 + seen * 0.55
    if how in ("blurred", "all"):
        seen = cv2.GaussianBlur(seen, (0, 0), 1.6)
    if how == "noise" or every:
        seen += np.random.default_rng(chance.randrange(2**31)).normal(0, 11, seen.shape)
    picture = Image.fromarray(seen.clip(0, 255).astype(np.uint8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72 if every else 88)
    return out.getvalue()


def _table(wide: int, high: int, chance: random.Random) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Wood: bands along one direction."""
    ground = np.array(chance.choice(((120, 84, 56), (60, 62, 68), (178, 160, 136), (92, 108, 96))), np.float64)
    noise = np.random.default_rng(chance.randrange(2**31))
    bands = cv2.resize(noise.normal(0, 14, (high // 12, 6)), (wide, high), interpolation=cv2.INTER_CUBIC)
    return np.asarray(ground[None, None, :] + bands[:, :, None] + noise.normal(0, 3, (high, wide, 1)))
