"""A rights holder's mistakes are all reported at once, with line, field and the fix."""

import pytest

from crawler.errors import RegisterError
from crawler.register.loading import check, left_out, load, remarks

GOOD = """rights_holder: Tarn & Co
sector: luxury
official_domains: [tarn.test]
authorised_sellers:
  - boutique.test
  - {marketplace: bazaar.test, seller: Tarn Outlet}
brands:
  - name: Tarn
    spellings: Тарн
    lines:
      - name: Lake bag
        gtin: "4006381333931"
        mpn: 0501
        price: {EUR: [100, 200.50], USD: [120, 240]}
        packs: [30 ml]
"""


def test_a_good_file():
    holder, mistakes = check("tarn.yaml", GOOD)
    assert mistakes == []
    line = holder.brands[0].lines[0]
    assert line.gtin == ("04006381333931",)
    assert line.mpn == ("0501",), "a number with a leading zero is a name"
    assert str(line.price["EUR"].high) == "200.50"
    assert {seller.key for seller in holder.authorised_sellers} == {"boutique.test", "bazaar.test:tarn outlet"}


MISTAKES = [
    ("sector: luxury", "secter: luxury", 2, "secter", "did you mean `sector`"),
    ("    lines:", "    lnies:", 10, "brands.1.lnies", "did you mean `lines`"),
    ("mpn: 0501", "mpnn: 0501", 13, "brands.1.lines.1.mpnn", "did you mean `mpn`"),
    ("[100, 200.50]", "[300, 200]", 14, "brands.1.lines.1.price.EUR", "above the high end"),
    ("[100, 200.50]", "[100]", 14, "brands.1.lines.1.price.EUR", "[low, high]"),
    ("[100, 200.50]", "[cheap, 200]", 14, "brands.1.lines.1.price.EUR", "decimal"),
    ("USD:", "dollars:", 14, "brands.1.lines.1.price.dollars", "pattern"),
    ('"4006381333931"', '"4006381333932"', 12, "brands.1.lines.1.gtin", "check digit"),
    ("[tarn.test]", "[https://tarn.test/]", 3, "official_domains", "without https://"),
    ("seller: Tarn Outlet", "saler: Tarn Outlet", 6, "authorised_sellers.2.saler", "did you mean `seller`"),
    ("name: Tarn\n", "name: ''\n", 8, "brands.1.name", "at least 1"),
    ("name: Tarn\n", "name: '&'\n", 8, "brands.1", "letter or digit"),
    ("sector: luxury", "sector: luxury\nsector: luxury", 3, "", "given twice"),
    ("sector: luxury", "sector: !!python/name:os.system luxury", 2, "", "tag"),
    ("sector: luxury", "sector: [luxury", 3, "", "not YAML"),
    ("sector: luxury\n", "", 1, "sector", "is missing"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "says"), MISTAKES)
def test_a_mistake_names_line_field_and_fix(old, new, line, field, says):
    assert old in GOOD
    holder, mistakes = check("tarn.yaml", GOOD.replace(old, new, 1))
    assert holder is None
    assert any(m.line == line and m.field.startswith(field) and says in m.message for m in mistakes), mistakes


def test_all_mistakes_at_once():
    text = GOOD.replace("sector:", "secter:").replace("mpn:", "mpnn:").replace("[100,", "[300,")
    _, mistakes = check("tarn.yaml", text)
    assert {m.line for m in mistakes} >= {2, 13, 14}


@pytest.mark.parametrize(
    "text", ["", "42", "- a\n- b", "\x00", "a: b: c", "? [x]: y", "&a [*a]", "%YAML 9.9\n---\na: b"]
)
def test_what_is_no_register_is_said_so(text):
    holder, mistakes = check("odd.yaml", text)
    assert holder is None
    assert mistakes


def test_an_alias_bomb_costs_nothing():
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    holder, mistakes = check("bomb.yaml", "\n".join(lines))
    assert holder is None
    assert "values" in mistakes[0].message


def test_deep_nesting_is_refused():
    holder, mistakes = check("deep.yaml", "a: " + "[" * 100_000)
    assert holder is None
    assert "nested" in mistakes[0].message


def test_plain_aliases_work():
    text = GOOD.replace("[tarn.test]", "&domains [tarn.test]").replace(
        "    lines:", "    official_domains: *domains\n    lines:"
    )
    holder, mistakes = check("tarn.yaml", text)
    assert mistakes == []
    assert holder.brands[0].official_domains == ("tarn.test",)


def test_two_files_with_one_brand(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, "utf-8")
    with pytest.raises(RegisterError, match=r"b\.yaml:8: brands\.1\.name: Tarn stands in .*a\.yaml:8"):
        load(tmp_path)


def test_one_brand_in_two_cases_is_one_brand(tmp_path):
    (tmp_path / "a.yaml").write_text(f"{GOOD}  - name: TARN\n", "utf-8")
    with pytest.raises(RegisterError, match=r"brands\.\d\.name: TARN stands in .*a\.yaml:8"):
        load(tmp_path)


def test_tables_beside_a_register_are_not_left_out_in_silence(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "brands.CSV").write_text("Marke;Preis\n", "utf-8")
    (tmp_path / "tote.png").write_bytes(b"")
    assert [note.partition(": ")[0] for note in left_out(tmp_path)] == [str(tmp_path / "brands.CSV")]
    assert left_out(tmp_path / "a.yaml") == left_out(None) == []


def test_unreadable_files_are_named(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"rights_holder: \xff")
    (tmp_path / "b.yaml").write_text("x" * 6_000_000, "utf-8")
    with pytest.raises(RegisterError) as error:
        load(tmp_path)
    assert "a.yaml:1: not UTF-8" in str(error.value)
    assert "b.yaml:1: larger" in str(error.value)


@pytest.mark.parametrize("name", ["missing", "."])
def test_nothing_there(tmp_path, name):
    with pytest.raises(RegisterError):
        load(tmp_path / name)


def test_the_version_is_that_of_the_content(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    first = load(tmp_path).version
    (tmp_path / "a.yaml").rename(tmp_path / "z.yml")
    (tmp_path / "z.yml").write_text("# a comment\n" + GOOD, "utf-8")
    assert load(tmp_path).version == first
    (tmp_path / "z.yml").write_text(GOOD.replace("200.50", "201"), "utf-8")
    assert load(tmp_path).version != first


def test_the_sample_register():
    register = load()
    assert set(register.entries) == {
        "Velmora", "Orsano", "Kestrel", "H&V", "Bramholt", "Nuvix", "Solcere", "Cardexa", "Lumen Forge",
    }  # fmt: skip
    assert "galerie-nord.test" in register.entries["Velmora"].sellers
    assert [remark for remark in remarks(register) if "H&V" not in remark] == []
