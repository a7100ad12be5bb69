"""Posts of social pages, and what only looks like one."""

import pytest

from crawler.extract.document import parse
from crawler.extract.posts import read_posts

URL = "http://wall.test/"


def posts(body: str) -> list[tuple[str, str]]:
    return [(post.account, post.text) for post in read_posts(parse(f"<html><body>{body}</body></html>", URL))]


def test_a_feed() -> None:
    found = read_posts(
        parse(
            """<main><article><a href="/@ann">@Ann</a> <a href="/p/1"><time datetime="2026-11-11">today</time></a>
            <p>Bag, <b>40 €</b>, see <a href="http://shop.test/">my shop</a></p></article>
            <article><a href="/@bob">@bob</a><time datetime="2026-11-12T10:00:00Z">x</time><p>Hello</p>
            </article></main>""",
            URL,
        )
    )
    assert [(post.account, post.text) for post in found] == [("ann", "Bag, 40 €, see my shop"), ("bob", "Hello")]
    assert found[0].url == "http://wall.test/p/1"
    assert found[0].account_url == "http://wall.test/@ann"
    assert found[0].links == ("http://shop.test/",)
    assert found[1].posted_at is not None
    assert found[1].posted_at.isoformat() == "2026-11-12T10:00:00+00:00"


def test_nested_blocks_give_one_post_each() -> None:
    row = '<div><div><b><a href="/@u{0}">@u{0}</a></b><i><time>1</time></i></div><p>post {0}</p></div>'
    assert posts("".join(row.format(n) for n in range(3))) == [(f"u{n}", f"post {n}") for n in range(3)]


@pytest.mark.parametrize("head", ["", "<span>Ann Lee</span>"])
def test_what_a_head_says_is_not_the_post(head: str) -> None:
    """A link called "permalink" beside account and time was taken for the text of every post, and nothing was kept."""
    row = (
        f'<article class="p"><div>{head}<a href="/@ann">@ann</a> <time>1</time> <a href="/@ann/%d">permalink</a></div>'
        "<div>Bag %d, 40 €</div></article>"
    )
    found = read_posts(parse("<html><body>" + "".join(row % (n, n) for n in (1, 2)) + "</body></html>", URL))
    assert [post.url for post in found] == [f"{URL}@ann/1", f"{URL}@ann/2"]
    assert all(post.text.endswith(f"Bag {n}, 40 €") for n, post in enumerate(found, 1))
    assert not any("permalink" in post.text or post.links for post in found)


def test_a_blogs_author_is_no_account() -> None:
    assert posts('<article><a href="/author/ann">Ann</a><time>1</time><p>A bag, 40 €, @ home</p></article>') == []


def test_comments_are_left_out() -> None:
    body = '<div class="comments"><div><a href="/@eve">@eve</a><time>1</time><p>me too, mail eve@x.test</p></div></div>'
    assert posts(body) == []


def test_hostile_pages_end() -> None:
    assert posts("<div>" * 5000 + "<time>@</time>" * 3000) == []
    assert posts('<a href="/@x">@x</a>' * 3000 + "<time></time>") == []
