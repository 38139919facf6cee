"""The project's folders and settings: everything that ties the package to one network.

A data folder brings ``rzgraph.toml`` (base IRI, network, titles, languages, source folder); the ontology, shapes,
queries and templates come with the package. Nothing is read here but that one file.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rzgraph.errors import InputError
from rzgraph.root import find_root

SETTINGS_FILE = "rzgraph.toml"


@dataclass(frozen=True)
class Project:
    """Where things live, and what the network is called.

    Attributes
    ----------
    root
        The folder that holds ontology/, shapes/, queries/ and site/.
    data
        The data folder (register, claims, catalogue, settings).
    sources
        The folder of the source texts; it may be missing, then evidence cannot be verified.
    base
        The base IRI; things are ``<base>id/<kind>/<slug>``, graphs ``<base>graph/<path>``.
    network
        The IRI of the collaboration the data is about.
    titles
        The title of the graph per language.
    languages
        Language tags of the outputs, the default first.
    """

    root: Path
    data: Path
    sources: Path
    base: str
    network: str
    titles: dict[str, str]
    languages: tuple[str, ...]

    @property
    def candidates(self) -> Path:
        """The folder of what may become data once a curator accepts it; it is no part of the graph."""
        return self.data / "candidates"

    @property
    def ontology(self) -> Path:
        """The folder of what can be said."""
        return self.root / "ontology"

    @property
    def shapes(self) -> Path:
        """The folder of what must hold."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """The folder of what we ask."""
        return self.root / "queries"

    @property
    def site(self) -> Path:
        """The folder of how it looks."""
        return self.root / "site"


def load_project(data: Path | None = None, sources: Path | None = None) -> Project:
    """Read the settings of a data folder.

    Parameters
    ----------
    data
        Another data folder than the project's own.
    sources
        The folder of the source texts; else ``RZGRAPH_SOURCES``, else what the settings say.

    Raises
    ------
    InputError
        When the folder or its settings are missing or cannot be read.
    """
    root = find_root()
    folder = (data or root / "data").resolve()
    if not folder.is_dir():
        raise InputError("error.no-data", folder=data or folder)
    path = folder / SETTINGS_FILE
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        own = folder.parent if data is None else folder
        named = sources or os.environ.get("RZGRAPH_SOURCES") or own / settings["sources"]
        return Project(
            root=root,
            data=folder,
            sources=Path(named).resolve(),
            base=settings["base"],
            network=settings["network"],
            titles=dict(settings["titles"]),
            languages=tuple(settings["languages"]),
        )
    except FileNotFoundError:
        raise InputError("error.no-settings", path=path, file=SETTINGS_FILE) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("error.settings-not-read", path=path, reason=error) from None
    except KeyError as error:
        raise InputError("error.no-setting", path=path, name=error.args[0]) from None
