"""The words stay true: commands, settings, targets and links in the documents exist, and none is left out."""

import re
from pathlib import Path

import pytest
from scrapy.settings import Settings, default_settings

import settings.base
from crawler.commands import __path__ as commands_path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
EVERYTHING = "\n".join(TEXTS.values())

OURS = {path.stem for path in Path(next(iter(commands_path))).glob("[a-z]*.py")}
SCRAPYS = {"list", "shell", "fetch", "view", "check", "settings", "version", "bench"}
SETTINGS = {name for name in vars(settings.base) if name.isupper()}
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"`?scrapy {name}\b", EVERYTHING), f"no document shows `scrapy {name}`"


@pytest.mark.parametrize("document", sorted(TEXTS))
def test_every_command_in_a_document_exists(document: str) -> None:
    shown = set(re.findall(r"(?<=[`/ ])scrapy ([a-z]+)\b(?=[ `\n]| …)", TEXTS[document]))
    assert {name for name in shown if f"`scrapy {name}" in TEXTS[document]} <= OURS | SCRAPYS


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in TEXTS["docs/settings.md"], f"docs/settings.md does not explain {name}"


def test_every_setting_in_the_table_exists() -> None:
    explained = set(re.findall(r"^\| `([A-Z_]+)`", TEXTS["docs/settings.md"], re.MULTILINE))
    assert explained <= SETTINGS | set(Settings()) | {name for name in vars(default_settings) if name.isupper()}


@pytest.mark.parametrize("document", sorted(TEXTS))
def test_every_target_in_a_document_exists(document: str) -> None:
    assert set(re.findall(r"`make ([a-z][a-z-]*)", TEXTS[document])) <= TARGETS


@pytest.mark.parametrize("document", sorted(TEXTS))
def test_links_between_documents_lead_somewhere(document: str) -> None:
    here = (ROOT / document).parent
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", TEXTS[document]) if "://" not in link]
    missing = [link for link in links if not (here / link).exists()]
    assert missing == []


def test_every_target_explains_itself() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    silent = [line for line in lines if re.match(r"[a-z][a-z-]*:(?!=)", line) and "##" not in line]
    assert silent == []


def test_the_readme_names_the_two_commands_first() -> None:
    readme = TEXTS["README.md"]
    assert readme.index("make demo") < readme.index("make test") < readme.index("scrapy servers up")
