"""The evaluation itself: its arithmetic, and a small world from pages to verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.evaluate import calibrate, crawled, reading
from bench.evaluate.baselines import keyword
from bench.evaluate.cases import Case, linked
from bench.evaluate.measures import area, calibration_error, upper_bound
from bench.evaluate.reading import Part, read_part
from crawler.assessment import rules
from crawler.assessment.evidence import Evidence
from crawler.assessment.judge import Scope
from crawler.assessment.means import load as load_means
from crawler.items import Offer


@pytest.mark.parametrize(
    ("hits", "trials", "bound"),
    [
        (0, 1000, 0.002991),
        (5, 1000, 0.010478),
        (20, 9460, 0.003069),
        (3, 3, 1.0),
    ],  # scipy.stats.beta.ppf(.95, k+1, n-k)
)
def test_bounds(hits: int, trials: int, bound: float) -> None:
    assert upper_bound(hits, trials) == pytest.approx(bound, rel=0.01)


def test_area_counts_ties_half() -> None:
    assert area([3, 2], [1, 0]) == 1
    assert area([1, 0], [3, 2]) == 0
    assert area([1, 1], [1, 1, 1]) == 0.5
    assert area([2, 1], [1, 0]) == 0.875


def test_calibration_error() -> None:
    assert calibration_error([(0.05, False)] * 19 + [(0.05, True)]) == pytest.approx(0)
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)


def test_a_list_of_words_does_not_read() -> None:
    offer = Offer(id="a#1|1", storefront="a#1", url="https://a.test/", title="No replicas here",
                  provenance={"title": {"extractor": "x", "path": "/", "text": "t"}})  # fmt: skip
    assert keyword([offer])


def test_a_small_world_is_read_and_judged() -> None:
    table = rules.load()
    cases = linked(read_part(Part("small", 40, 0)), table)
    assert len(cases) == 40
    assert sum(case.infringing for case in cases) == 2
    assert all(case.scope.offers for case in cases), [case.key for case in cases if not case.scope.offers]
    honest = [case.judged(table).verdict for case in cases if not case.infringing]
    assert honest.count("suspected") <= 1
    assert all(case.evidence == again.evidence for case, again in zip(cases, linked(cases, table), strict=True))


def test_weak_grounds_begin_where_every_honest_kind_keeps_below_the_share() -> None:
    table = rules.load()
    grounds = {"domain": 0.75, "legal": 0.62, "presence": 0.74, "brand": 0.3}

    def shops(style: str, price: float, count: int) -> list[Case]:
        """So many honest ones without a strong ground, whose prices come to ``price`` and all else to 2.41."""
        found = tuple(
            Evidence(name, name, points, "So it is.") for name, points in (grounds | {"price": price}).items()
        )
        return [Case(f"{style}{n}.test", style, False, "", "en", found, Scope(flagged=1), (), False, False)
                for n in range(count)]  # fmt: skip

    clear = [replace(case, evidence=()) for case in shops("reseller", 0, 400)]
    assert calibrate.weak(clear, table) == calibrate.WEAK_SCORES[0]
    assert calibrate.weak([*clear, *shops("reseller", 0.5, 3)], table) == calibrate.WEAK_SCORES[0]
    assert calibrate.weak([*clear, *shops("reseller", 0.5, 4)], table) == 2.95  # they come to 2.91
    assert calibrate.weak([*clear, *shops("newcomer", 0.5, 1)], table) == 2.95
    assert calibrate.weak([*clear, *shops("newcomer", 1.6, 1)], table) == calibrate.WEAK_SCORES[1]


def test_a_run_that_was_cut_short_reads_no_slice_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Part] = []
    monkeypatch.setattr(reading, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(reading, "read_part", lambda part: asked.append(part) or [])
    one, other = Part("a", 10, 0), Part("a", 10, 5)
    for part in (one, other, one, other):
        assert reading.kept(part) == []
    assert asked == [one, other]
    monkeypatch.setattr(reading, "code", lambda: "another")
    reading.kept(one)
    assert asked == [one, other, one]  # what other code has read is read again
    reading.forget()
    assert not reading.KEPT.exists()


def test_what_the_operator_of_a_crawled_sample_has_is_what_the_generated_one_was_read_with(tmp_path: Path) -> None:
    part = Part("a sample", 60, 0, reading.SAMPLE)
    crawled.supply(tmp_path, part)
    means = load_means(str(tmp_path / "register"), str(tmp_path / "rdap.json"))
    expected = reading.means_of(part).context.register.entries
    assert {name: entry.sellers for name, entry in means.context.register.entries.items()} == {
        name: entry.sellers for name, entry in expected.items()
    }
    assert any(entry.sellers for entry in expected.values())
    assert len(means.registrations) > 30
