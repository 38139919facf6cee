"""Where the project stands: in the source tree, or as the copy that is installed with the package."""

from pathlib import Path


def find_root() -> Path:
    """Return the folder with ontology/, shapes/, queries/ and site/: the source tree, or the installed copy of it."""
    package = Path(__file__).resolve().parent
    installed = package / "_project"
    return installed if installed.is_dir() else package.parent
