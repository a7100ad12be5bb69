"""Pictures for tests: drawn, not found."""

import io
import random

from PIL import Image, ImageDraw


def drawing(seed, size=480):
    rng = random.Random(seed)
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(30):
        x, y = rng.randrange(60, size - 60), rng.randrange(60, size - 60)
        tone = tuple(rng.randrange(256) for _ in range(3))
        pen.ellipse((x - rng.randrange(10, 60), y - rng.randrange(10, 60), x + 30, y + 40), fill=tone)
    return picture


def encoded(picture, form="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
