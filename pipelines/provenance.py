"""Third step: every place where a value stood names the body it stands in, so that it can be shown years later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.items import Capture, Provenance


class ProvenancePipeline:
    """Puts the body's sha256 into every provenance of a capture: an extractor, which is pure, does not know it."""

    def process_item(self, item: Capture) -> Capture:
        """Return the same capture, its provenances completed in place."""
        for place in _places(item):
            place.body_sha256 = item.observation.body_sha256
        return item


def _places(item: Capture) -> Iterator[Provenance]:
    for offer in item.offers:
        yield from offer.provenance.values()
    for storefront in item.storefronts:
        yield from (identifier.provenance for identifier in storefront.identifiers)
    for post in item.posts:
        yield from post.provenance.values()
        yield from (identifier.provenance for identifier in post.identifiers)
