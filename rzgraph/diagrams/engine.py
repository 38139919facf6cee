"""The layout program: Graphviz as the package ``graphviz-pure`` brings it, the same on every platform.

In goes DOT text, out come positions as the program computed them. Nothing is read from or written to a file.
"""

import importlib.metadata
import json
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from rzgraph.errors import InputError

ENGINE = "graphviz-pure"


def quote(text: str) -> str:
    """Return a text as a DOT string that shows exactly these characters."""
    text = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def find_engine() -> Path:
    """Return the layout program that the package ``graphviz-pure`` put into the environment.

    Raises
    ------
    InputError
        When the package or its program is not installed.
    """
    try:
        files = importlib.metadata.files(ENGINE) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if path.stem == ENGINE and path.is_file():
            return path.resolve()
    raise InputError("error.no-layout", program=ENGINE)


@lru_cache(maxsize=256)
def run_engine(dot: str) -> tuple[dict[str, Any], ...]:
    """Return what the engine computed for one or more DOT graphs, in their order.

    Raises
    ------
    InputError
        When the engine is missing, fails, or gives something else than positions.
    """
    command = [str(find_engine()), "-q", "-Tjson"]
    try:
        run = subprocess.run(command, input=dot.encode(), capture_output=True, check=True, timeout=120)  # noqa: S603
        text, graphs, decoder = run.stdout.decode().strip(), [], json.JSONDecoder()
        while text:
            graph, end = decoder.raw_decode(text)
            graphs.append(graph)
            text = text[end:].lstrip()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        detail = " ".join((getattr(error, "stderr", None) or str(error).encode()).decode(errors="replace").split())
        raise InputError("error.layout-failed", program=ENGINE, reason=detail[:200]) from None
    return tuple(graphs)
