"""``make bench-wide``: false offers on pages of the wide web: news, forums, banks, log-ins, and shops among them.

The pages are not part of the project: a folder (``TOUCHSTONE_WIDE``) with ``index.json``, ``{file: {"url": address}}``,
and ``truth.json``, ``{file: {"kind": kind, "false": "all" or beginnings of names that are no offers}}``, by hand;
a page that is not in it is taken for right. Without the folder it is skipped.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.figures import figure
from crawler.extract.model import Page
from crawler.extract.page import read

FOLDER = os.environ.get("TOUCHSTONE_WIDE", "")


def count(page: Page, truth: dict[str, Any]) -> Counter[str]:
    """Offers of a page, those that are none, and whether its kind is another than it should be."""
    names = [str(one.value("title") or "") for one in page.products]
    said = truth.get("false", [])
    false = len(names) if said == "all" else sum(name.startswith(tuple(said)) for name in names)
    wrong = truth.get("kind", page.kind) != page.kind
    return Counter({"offers": len(names), "false_offers": false, "pages_with_false": bool(false), "wrong_kinds": wrong})


def main() -> None:
    """Read every page once, and print the sums."""
    if not FOLDER:
        print("skipped: no pages of the wide web (set TOUCHSTONE_WIDE to their folder)")
        return
    folder = Path(FOLDER)
    if missing := [name for name in ("index.json", "truth.json") if not (folder / name).is_file()]:
        raise SystemExit(
            f"TOUCHSTONE_WIDE: no {' and no '.join(missing)} in {folder}; bench/wide.py says what is in them"
        )
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    found: Counter[str] = Counter()
    began = time.process_time()
    index = json.loads((folder / "index.json").read_text("utf-8"))
    for name, entry in index.items():
        found += count(read((folder / name).read_bytes(), entry["url"]), truth.get(name, {}))
    spent = time.process_time() - began
    print(f"{len(index)} pages, {1000 * spent / max(1, len(index)):.1f} ms of CPU a page, {found['offers']} offers")
    for name in ("offers", "false_offers", "pages_with_false", "wrong_kinds"):
        figure(f"wide.{name}", found[name])


if __name__ == "__main__":
    main()
