import contextlib
import io
import random
import struct
import zipfile
import zlib

import pytest
from PIL import Image, ImageChops, ImageOps

from crawler.images.fingerprint import MAX_PIXELS, Unreadable, distance, fingerprint
from crawler.images.hasher import Hasher
from tests.images.pictures import drawing, encoded

BAG = drawing(1)
KNOWN = fingerprint(encoded(BAG))


@pytest.mark.parametrize(
    ("changed", "most"),
    [
        (encoded(BAG.resize((200, 200)), quality=50), 16),
        (encoded(ImageOps.expand(BAG, 40, "black")), 16),
        (encoded(ImageOps.expand(ImageOps.expand(BAG, 30, "red"), 10, "white")), 16),
        (encoded(ImageOps.mirror(BAG)), 8),
        (encoded(BAG, "PNG"), 8),
        (encoded(BAG, "WEBP"), 12),
        (encoded(BAG.convert("L")), 12),
        (encoded(BAG.convert("CMYK")), 24),
        (encoded(BAG.quantize(32), "GIF"), 24),
    ],
)
def test_what_sellers_do_to_a_picture(changed, most):
    assert distance(fingerprint(changed), KNOWN) <= most


def test_a_cut_out_on_nothing_is_the_same_as_on_white():
    clear = BAG.convert("RGBA")
    white = Image.new("RGB", BAG.size, "white")
    clear.putalpha(ImageChops.difference(BAG, white).convert("L").point(lambda level: 255 if level else 0))
    assert distance(fingerprint(encoded(clear, "PNG")), KNOWN) <= 16


def test_other_pictures_are_far_away():
    others = [fingerprint(encoded(drawing(seed))) for seed in range(2, 40)]
    assert min(distance(KNOWN, other) for other in others) > 60


def png_head(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.jpg", encoded(BAG))
    return out.getvalue()


HOSTILE = {
    "nothing": (b"", "format"),
    "a page": (b"<html><body>login</body></html>", "format"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "format"),
    "an archive": (zipped(), "format"),
    "tiff": (encoded(BAG, "TIFF"), "format"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "format"),
    "a bomb": (png_head(60_000, 60_000), "pixels"),
    "just too many": (png_head(MAX_PIXELS // 1000 + 1, 1000), "pixels"),
    "a lie": (png_head(5_000, 5_000), "broken"),
    "truncated": (encoded(BAG)[:3000], "broken"),
    "a head alone": (encoded(BAG)[:20], ("broken", "format")),
    "garbage behind a head": (encoded(BAG, "PNG")[:60] + b"\xff" * 5000, "broken"),
    "an icon": (encoded(BAG.resize((16, 16)), "PNG"), "small"),
    "a banner": (encoded(BAG.resize((900, 70))), "small"),
    "one colour": (encoded(Image.new("RGB", (300, 300), "grey")), "flat"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_have_a_reason(name):
    body, reasons = HOSTILE[name]
    with pytest.raises(Unreadable) as refused:
        fingerprint(body)
    assert refused.value.reason in reasons if isinstance(reasons, tuple) else refused.value.reason == reasons


@pytest.mark.parametrize("seed", range(30))
def test_no_damage_raises_anything_else(seed):
    rng = random.Random(seed)
    body = bytearray(encoded(BAG, rng.choice(("JPEG", "PNG", "WEBP", "GIF", "BMP"))))
    for _ in range(rng.randint(1, 40)):
        body[rng.randrange(len(body))] = rng.randrange(256)
    with contextlib.suppress(Unreadable):
        fingerprint(bytes(body))


async def test_a_process_of_its_own_answers_and_is_replaced_when_it_dies():
    hasher = Hasher()
    try:
        assert await hasher.fingerprint(encoded(BAG)) == KNOWN
        with pytest.raises(Unreadable, match="format"):
            await hasher.fingerprint(b"no picture")
        for process in hasher._pool._processes.values():
            process.kill()
            process.join()
        with pytest.raises(Unreadable, match="crashed"):
            await hasher.fingerprint(encoded(BAG))
        assert await hasher.fingerprint(encoded(BAG)) == KNOWN
    finally:
        hasher.close()
