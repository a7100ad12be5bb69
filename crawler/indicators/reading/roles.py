"""What a name in a text is there for, told by the words before and behind it."""

from __future__ import annotations

from collections.abc import Set

from crawler.indicators.text.lexicon import View
from crawler.indicators.text.tokens import Tokens
from crawler.register.folding import CJK
from crawler.register.mentions import Mention

MAX_GAP = 5  # words between a connecting word and the name: "for all your new Nuvix"
CJK_GAP = 12  # of Chinese, Japanese and Korean, where each character is a word
BETTER = 3  # words behind "but" in which it says what is better
MAX_WORDS = 3  # of these, words that are neither fillers nor goods: "repair of antique gold Orsano watches"
LEANING = frozenset({"inspired_before", "equal_before"})
Sets = tuple[Set[str], ...]


def role_of(
    tokens: Tokens,
    mention: Mention,
    product_words: Set[str],
    goods: Set[str],
    view: View,
    inside: Set[int] = frozenset(),
) -> tuple[str, str]:
    """Return the role in which a name stands, and the words that give it: those before it or behind it.

    Beside those of :class:`crawler.indicators.reading.found.Found` it may be ``equal``, or ``outdone``: "like it but
    better"

    A single word (``for``) reaches the name over fillers and kinds of goods only (``for the watch Orsano``); a phrase
    (``repair of``) reaches it over any few words.

    :param inside: words within what goods are called, which lead to nothing: brume *pour* le corps.
    """
    first, last = tokens.at(mention.start, mention.end)
    if first == last:
        return "claim", ""
    plain = (goods, view.fillers, product_words)
    before = _role_before(tokens, first, plain, view, inside)
    if before is not None and before[0] == "inspired" and _outdone(tokens, last, product_words, view):
        return "outdone", before[1]
    return before or _role_behind(tokens, last, plain, view) or ("claim", "")


def _outdone(tokens: Tokens, last: int, product_words: Set[str], view: View) -> bool:
    """Whether the words behind a name say that the goods beat what it names: "but cheaper"."""
    while last < len(tokens.words) and tokens.words[last] in product_words:
        last += 1
    but = view.sets["but"].find(tokens.words[last : last + 2])
    return bool(but and but[0][0] == 0 and view.sets["more"].find(tokens.words[last + but[0][1] :][:BETTER]))


def _role_before(tokens: Tokens, first: int, plain: Sets, view: View, inside: Set[int]) -> tuple[str, str] | None:
    than = view.sets["than"].ending_at(tokens.words, first)
    if than:
        more = [k for k in range(max(0, than[0] - MAX_GAP), than[0]) if view.sets["more"].match(tokens.words, k)]
        if more:  # "more battery life than"
            return "comparison", tokens.text[tokens.starts[more[0]] : tokens.ends[first - 1]]
    any_words = 0
    of = view.sets["of"].ending_at(tokens.words, first)
    made_by = of is not None and of[0] > 0 and tokens.words[of[0] - 1] in plain[0]  # "for headphones of Nuvix"
    for k in range(first, max(0, first - MAX_GAP), -1):
        hit = view.before.ending_at(tokens.words, k)
        if hit and hit[0] in inside:
            hit = None
        if hit and hit[1] == "inspired_before" and tokens.words[hit[0]] in plain[-1]:
            hit = None  # Buds "Air de" Pixelon
        if hit and hit[1] == "inspired_before" and _of_copy(tokens, hit[0], k, view):
            return None  # a copy of it is no other maker's goods: 高仿
        if hit and not tokens.pause(hit[0], first):
            if hit[1] in LEANING and _fits(tokens, hit[0], plain, view):
                return "compatible", tokens.text[tokens.starts[hit[0]] : tokens.ends[k - 1]]
            phrase = (k - hit[0] > 1 or made_by) and hit[1] != "inspired_before"
            if not any_words or (phrase and any_words <= MAX_WORDS):
                return hit[1].removesuffix("_before"), tokens.text[tokens.starts[hit[0]] : tokens.ends[k - 1]]
        any_words += not _is_plain(tokens, k - 1, plain)
    return None


def _fits(tokens: Tokens, a: int, plain: Sets, view: View) -> bool:
    """Whether goods that something is *for* stand before the word ``a``: a pouch for straighteners *type* Nuvix."""
    for k in range(a, max(0, a - MAX_GAP), -1):
        hit = view.before.ending_at(tokens.words, k)
        if hit:
            return hit[1] == "compatible_before" and k < a
        if k > 0 and not _is_plain(tokens, k - 1, plain):
            return False
    return False


def _of_copy(tokens: Tokens, a: int, b: int, view: View) -> bool:
    """Whether the words ``a:b`` are but a part of those for a copy."""
    near = range(max(0, a - 2), a)
    found = (view.admissions.match(tokens.words, k) for k in near)
    return any(hit is not None and hit[0] >= b and hit[1] == "replica" for hit in found)


def _role_behind(tokens: Tokens, last: int, plain: Sets, view: View) -> tuple[str, str] | None:
    gap = CJK_GAP if last < len(tokens.words) and CJK.match(tokens.words[last]) else MAX_GAP
    for k in range(last, min(len(tokens.words), last + gap)):
        hit = view.after.match(tokens.words, k)
        if hit and hit[1] == "compatible_after" and _leads_on(tokens, k, hit[0], view):
            return None  # "compatible with iPhone": it is the brand's thing that fits another's
        if hit and (hit[1] != "inspired_after" or k == last):
            title = hit[1] == "about_after" and hit[0] - k > 1  # "Velmora: the history of a house"
            if title or not tokens.pause(last - 1, k):
                return hit[1].removesuffix("_after"), tokens.text[tokens.starts[k] : tokens.ends[hit[0] - 1]]
        if not _is_plain(tokens, k, plain):
            return None
    return None


def _leads_on(tokens: Tokens, k: int, end: int, view: View) -> bool:
    """Whether the words at ``k`` say what the thing in front of them fits, and something follows."""
    onward = view.before.match(tokens.words, k)
    return onward is not None and onward[0] > end and onward[0] < len(tokens.words)


def _is_plain(tokens: Tokens, k: int, plain: Sets) -> bool:
    return any(tokens.words[k] in words for words in plain) or tokens.text[tokens.starts[k] : tokens.ends[k]].isdigit()
