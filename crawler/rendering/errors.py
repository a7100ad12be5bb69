"""What may go wrong in this room."""

from crawler.errors import TouchstoneError


class NotRendered(TouchstoneError):
    """A page was not rendered; raised by ``Renderer``, counted as ``rendering/REASON``, and the page is read as it was.

    Reasons: ``deadline``, ``dom_too_large``, ``bytes``, ``crashed``, ``no_document``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"not rendered: {reason}" + (f" ({detail})" if detail else ""))
        self.reason = reason
