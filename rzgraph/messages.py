"""Words of the interface, in Dutch and English side by side: ``site/messages/<section>.toml``."""

import tomllib
from functools import cache
from typing import Any

from rzgraph.root import find_root


@cache
def _section(name: str) -> dict[str, Any]:
    path = find_root() / "site" / "messages" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def message(key: str, lang: str, /, **values: object) -> str:
    """Return a message in a language, its placeholders filled in.

    Parameters
    ----------
    key
        ``section.name``: the file and the table in it.
    lang
        ``nl`` or ``en``.
    values
        What to fill in, by name (`str.format`).

    Raises
    ------
    KeyError
        When the message or its translation does not exist; tests see to it that none is missing.
    """
    section, _, name = key.partition(".")
    text: str = _section(section)[name][lang]
    return text.format(**values) if values else text
