"""Sitemap files: one language, those of products first, mapped to the shop."""

from __future__ import annotations

import pytest

from crawler.discovery.economy import sitemaps


def test_sitemaps_of_one_language() -> None:
    index = [
        f"http://x.test/sitemap-{what}-{code}.xml" for code in ("ar", "de", "en-gb") for what in ("products", "static")
    ]
    kept = sitemaps.one_language(index, "en-gb")
    assert kept == ["http://x.test/sitemap-products-en-gb.xml", "http://x.test/sitemap-static-en-gb.xml"]
    assert sitemaps.one_language(index, "de-AT")[0] == "http://x.test/sitemap-products-de.xml"


def test_sitemap_parts_are_no_languages() -> None:
    parts = [f"http://x.test/sitemap_{n}.xml" for n in range(3)] + [
        "http://x.test/a/it.html",
        "http://x.test/a/we.html",
    ]
    assert sitemaps.one_language(parts, "en") == parts


def test_sitemap_files_of_products_come_first() -> None:
    files = ["http://x.test/sitemap-blog-posts.xml", "http://x.test/sitemap-1.xml", "http://x.test/product-sitemap.xml"]
    assert sitemaps.sort_files(files)[0] == "http://x.test/product-sitemap.xml"
    assert sitemaps.sort_files(files)[-1] == "http://x.test/sitemap-blog-posts.xml"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("wp-sitemap-posts-product-1.xml", "product"),
        ("wp-sitemap-taxonomies-product_cat-1.xml", "list"),
        ("product_cat-sitemap.xml", "list"),
        ("product-sitemap2.xml", "product"),
        ("page-sitemap.xml", "other"),
        ("sitemap_products_1.xml?from=1&to=9", "product"),
        ("sitemap_blogs_1.xml", "other"),
        ("sitemap.xml", ""),
    ],
)
def test_what_a_sitemap_file_says_by_its_name(file: str, kind: str) -> None:
    assert sitemaps.kind_of_file(f"http://s.test/{file}") == kind


def test_a_wrong_host_is_mapped_to_the_shop() -> None:
    assert sitemaps.mapped("https://dev.other.test/p/1?x=2", "http://s.test:81/") == "http://s.test:81/p/1?x=2"


def test_posts_may_be_goods_where_no_file_names_the_products() -> None:
    def kinds(file: str, *, is_named: bool = False) -> set[str]:
        return {step.guess for step in sitemaps.candidates(["http://s.test/kettle/"], file, is_named=is_named)}

    posts = "http://s.test/wp-sitemap-posts-post-1.xml"
    assert (kinds(posts), kinds(posts, is_named=True)) == ({""}, {"other"})
    assert kinds("http://s.test/wp-sitemap-posts-page-1.xml") == kinds("http://s.test/blog-sitemap.xml") == {"other"}
