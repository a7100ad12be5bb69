"""Product pictures drawn from the commit, what sellers do to them, and how surely both are told apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from bench.seeds import seeded
from crawler.images.fingerprint import Fingerprint, distance, fingerprint
from crawler.images.official import OFFICIAL

BORDERS = ("black", "#eee", "red")
COUNT = 150  # pictures: 11,175 pairs of different ones


def drawn(rng: Random) -> Image.Image:
    """Return a product on white, as shops show them: one shape in the middle, with straps, seams and a clasp."""
    picture = Image.new("RGB", (640, 640), "white")
    pen = ImageDraw.Draw(picture)
    left, top = rng.randint(80, 200), rng.randint(120, 260)
    right, bottom = 640 - rng.randint(80, 200), 640 - rng.randint(60, 160)
    body = tuple(rng.randrange(30, 220) for _ in range(3))
    shape = rng.choice((pen.ellipse, pen.rectangle, lambda box, fill: pen.rounded_rectangle(box, 60, fill=fill)))
    shape((left, top, right, bottom), fill=body)
    pen.arc((left + 40, top - 110, right - 40, top + 110), 180, 360, fill=body, width=rng.randint(8, 30))
    for _ in range(rng.randint(8, 24)):
        x, y = rng.randint(left, right), rng.randint(top, bottom)
        tone = tuple(rng.randrange(256) for _ in range(3))
        size = rng.randint(10, 120)
        pen.line(
            (x, y, x + rng.randint(-size, size), y + rng.randint(-size, size)), fill=tone, width=rng.randint(2, 16)
        )
        pen.ellipse((x, y, x + size // 2, y + size // 3), fill=tone)
    return picture


def _marked(picture: Image.Image, rng: Random) -> Image.Image:
    marked = picture.copy()
    x, y = rng.randint(40, 420), rng.randint(40, 560)
    ImageDraw.Draw(marked).text((x, y), "best shop", fill=(120, 120, 120), font_size=44)
    return marked


WAYS: dict[str, Callable[[Image.Image, Random], Image.Image]] = {
    "same": lambda picture, _: picture,
    "smaller": lambda picture, rng: picture.resize((rng.randint(150, 400),) * 2),
    "stretched": lambda picture, rng: picture.resize((640, rng.randint(600, 680))),
    "bordered": lambda picture, rng: ImageOps.expand(
        picture, rng.randint(20, 90), rng.choice(("black", "#eee", "red"))
    ),
    "flipped": lambda picture, _: ImageOps.mirror(picture),
    "brighter": lambda picture, rng: ImageEnhance.Brightness(picture).enhance(rng.uniform(0.85, 1.15)),
    "marked": _marked,
}


def encoded(picture: Image.Image, rng: Random) -> bytes:
    """Return the picture as a JPEG of a shop's quality."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=rng.randint(35, 90))
    return out.getvalue()


def pictures() -> tuple[float, float]:
    """Print and return the worst recall over what sellers do, and the share of pairs that are taken for one picture."""
    rng = seeded("pictures")
    drawings = [drawn(rng) for _ in range(COUNT)]
    own = [fingerprint(encoded(picture, rng)) for picture in drawings]
    worst = 1.0
    for way, change in WAYS.items():
        bits = [
            distance(fingerprint(encoded(change(picture, rng), rng)), known)
            for picture, known in zip(drawings, own, strict=True)
        ]
        recall = sum(bit <= OFFICIAL for bit in bits) / COUNT
        worst = min(worst, recall)
        print(f"  {way:<14}{COUNT:>5} pictures{recall:>7.3f} recognised, at most {max(bits)} bits away")
    false, nearest = _strangers(own)
    print(f"  different pictures taken for the same: {false:.5%} of pairs; the nearest differ in {nearest} bits")
    return worst, false


def _strangers(own: list[Fingerprint]) -> tuple[float, int]:
    bits = [distance(one, other) for k, one in enumerate(own) for other in own[:k]]
    return sum(bit <= OFFICIAL for bit in bits) / len(bits), min(bits)
