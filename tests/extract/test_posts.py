"""Posts of social pages, and what only looks like one."""

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


def test_a_blogs_author_is_no_account() -> None:
    assert posts('<article><a href="/author/ann">Ann</a><time>1</time><p>A bag, 40 €, @ home</p></article>') == []


def test_comments_are_left_out() -> None:
    body = '<div class="comments"><div><a href="/@eve">@eve</a><time>1</time><p>me too, mail eve@x.test</p></div></div>'
    assert posts(body) == []


def test_hostile_pages_end() -> None:
    assert posts("<div>" * 5000 + "<time>@</time>" * 3000) == []
    assert posts('<a href="/@x">@x</a>' * 3000 + "<time></time>") == []
