"""Profile files → profiles: those that ship, and an operator's own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import yaml
from pydantic import ValidationError
from rapidfuzz import process

from crawler.errors import ConfigurationError
from crawler.extract.profiles.schema import Profile

SHIPPED = "spiders"
"""The package beside which the folder ``profiles`` ships; named as text, since nothing here imports a spider."""


def shipped() -> dict[str, Path]:
    """Name → file of the profiles that ship."""
    folder = resources.files(SHIPPED).joinpath("profiles")
    return {file.stem: file for file in sorted(Path(str(folder)).glob("*.yaml"))}


def files(folder: str | Path | None = None) -> dict[str, Path]:
    """Name → file: what ships, and what stands in an operator's folder, which wins."""
    own = {file.stem: file for file in sorted(Path(folder).glob("*.yaml"))} if folder else {}
    return shipped() | own


def load(name: str, folder: str | Path | None = None) -> Profile:
    """One profile by name, or by the path of its file.

    :raises ConfigurationError: there is none, or it breaks the schema; the message names every mistake.
    """
    known = files(folder)
    path = Path(name) if name.endswith((".yaml", ".yml")) else known.get(name)
    if path is None or not path.is_file():
        close = process.extractOne(name, list(known), score_cutoff=60)
        hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(known) or 'none'}"
        raise ConfigurationError(f"no profile {name} ({hint})")
    return parse(path.read_text("utf-8"), str(path))


def parse(text: str, where: str) -> Profile:
    """A profile from YAML; ``where`` is named in errors."""
    try:
        data = yaml.safe_load(text)
        return Profile.model_validate(data)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{where}: not YAML: {' '.join(str(error).split())}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ConfigurationError(f"{where}: {wrong}") from None
