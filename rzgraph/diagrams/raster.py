"""A drawing as PNG: resvg paints it, with font files that come as a package, so that every machine gives the same."""

import importlib.metadata
from pathlib import Path

from rzgraph.errors import InputError

FONTS = "ttf-opensans"
_FAMILY = "Open Sans"
_FILES = ("OpenSans-Regular.ttf", "OpenSans-Bold.ttf", "OpenSans-Italic.ttf")
_DPI = 96


def render_png(svg: str) -> bytes:
    """Return a drawing as PNG, one pixel for each of its points.

    Raises
    ------
    InputError
        When the font files are missing, or the drawing cannot be painted.
    """
    import resvg_py

    try:
        image = resvg_py.svg_to_bytes(
            svg_string=svg,
            dpi=_DPI,
            skip_system_fonts=True,
            font_files=[str(path) for path in find_fonts()],
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    except ValueError as error:
        raise InputError("error.not-painted", reason=" ".join(str(error).split())) from None
    return bytes(image)


def find_fonts() -> list[Path]:
    """Return the font files of the package ``ttf-opensans``.

    Raises
    ------
    InputError
        When the package is not installed.
    """
    try:
        files = importlib.metadata.files(FONTS) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    found = [Path(str(file.locate())) for file in sorted(files) if file.name in _FILES]
    if len(found) != len(_FILES) or not all(path.is_file() for path in found):
        raise InputError("error.no-fonts", package=FONTS)
    return found
