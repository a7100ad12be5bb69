"""The bytes of a picture → its perceptual hashes, or the reason why it has none. Runs in a process of its own.

A discrete cosine transform over a 64 × 64 grey copy (ImageHash's ``phash``, 256 bits), after plain borders are cut
off, because every perceptual hash fails at a border of 8 %; and once more for the mirrored picture, because none
survives a flip. What is cropped by a tenth is not recognised.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

import imagehash
from PIL import Image, ImageChops, ImageOps, ImageStat, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
"""What shops show pictures in; every further decoder is a further way in for hostile bytes."""
MAX_PIXELS = 40_000_000  # a 40-megapixel photograph; decoded in grey and colour about 160 MB
HASH_SIZE = 16  # 256 bits: the short 64-bit hash takes different bags for one
WORK = 512  # pixels of the longer side that is looked at; the hash needs 64
SMALLEST = 64  # pixels of the shorter side; icons and stars look alike in every shop
LARGEST_RATIO = 8  # banners
FLAT = 6.0  # standard deviation of grey values; below, a hash is noise
BLUR = 2  # pixels by which resizing and JPEG smear an edge
BORDER = 24  # grey levels by which a pixel differs from the corner before it belongs to the picture


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a picture; nothing of it shows the picture."""

    phash: int
    """Without plain borders."""
    mirrored: int
    """The hash of the mirrored picture, for these and the next."""
    whole: int
    """With all of it: a mark in the margin moves what counts as border."""
    whole_mirrored: int
    sha256: str
    width: int
    height: int


class Unreadable(Exception):
    """No fingerprint; ``reason`` is counted: ``format``, ``pixels``, ``broken``, ``small``, ``flat``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def fingerprint(body: bytes) -> Fingerprint:
    """Return the hashes of a picture.

    Raises:
        Unreadable: it is no picture that we look at; for hostile bytes as well.
    """
    grey, size = _decoded(body)
    whole, grey = grey, _trimmed(grey)
    short, long = sorted(grey.size)
    if short * max(size) < SMALLEST * max(grey.size) or short < SMALLEST // 4 or long > LARGEST_RATIO * short:
        raise Unreadable("small")
    if ImageStat.Stat(grey).stddev[0] < FLAT:
        raise Unreadable("flat")
    one, two, three, four = (_hash(view) for part in (grey, whole) for view in (part, ImageOps.mirror(part)))
    return Fingerprint(one, two, three, four, hashlib.sha256(body).hexdigest(), *size)


def distance(one: Fingerprint, other: Fingerprint) -> int:
    """Return in how many of 256 bits two pictures differ, in the view in which they differ least."""
    whole = min((one.whole ^ other.whole).bit_count(), (one.whole_mirrored ^ other.whole).bit_count())
    return min(bits(one, other.phash), whole)


def bits(one: Fingerprint, phash: int) -> int:
    """Return in how many of 256 bits a picture, or its mirror image, differs from a hash without borders."""
    return min((one.phash ^ phash).bit_count(), (one.mirrored ^ phash).bit_count())


def _decoded(body: bytes) -> tuple[Image.Image, tuple[int, int]]:
    """The first frame in grey, at most WORK pixels long, and the size that it had."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
                size = picture.size
                if size[0] * size[1] > MAX_PIXELS:  # read from the head, before anything is decoded
                    raise Unreadable("pixels")
                picture.draft("L", (WORK, WORK))
                grey = _on_white(picture)
    except Unreadable:
        raise
    except UnidentifiedImageError:
        raise Unreadable("format") from None
    except Image.DecompressionBombError:
        raise Unreadable("pixels") from None
    except Exception:  # decoders raise whatever hostile bytes make them raise
        raise Unreadable("broken") from None
    grey.thumbnail((WORK, WORK))
    return grey, size


def _on_white(picture: Image.Image) -> Image.Image:
    """Transparent parts count as white: one shop's cut-out is the other's white ground."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture.thumbnail((WORK, WORK))
        ground = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(ground, picture).convert("L")
    return picture.convert("L")


def _trimmed(grey: Image.Image) -> Image.Image:
    """Cut off borders of one colour, that of the corner, as often as frames lie in each other."""
    for _ in range(3):
        ground = Image.new("L", grey.size, int(grey.getpixel((0, 0)) or 0))  # type: ignore[arg-type]
        box = ImageChops.difference(grey, ground).point(lambda level: 255 if level > BORDER else 0).getbbox()
        if box is None or box == (0, 0, *grey.size):
            return grey
        grey = grey.crop(_inner(box, grey.size))
    return grey


def _inner(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """``box``, less the blurred edge where something was cut off: its corner would hide the next frame."""
    left, top, right, bottom = box
    if right - left <= 8 * BLUR or bottom - top <= 8 * BLUR:
        return box
    return (
        left + BLUR * (left > 0), top + BLUR * (top > 0),
        right - BLUR * (right < size[0]), bottom - BLUR * (bottom < size[1]),
    )  # fmt: skip


def _hash(grey: Image.Image) -> int:
    bits = imagehash.phash(grey, hash_size=HASH_SIZE).hash.flatten()
    return int("".join("1" if bit else "0" for bit in bits), 2)
