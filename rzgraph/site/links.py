"""Whether every link within the site leads somewhere: a file that was written, an anchor that is there.

The pages are our own, attributes always stand in double quotes and text never holds one, so a pattern finds them all.
"""

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from rzgraph.errors import InputError

_LINK = re.compile(rb'\s(?:href|src|data-index|xlink:href)="([^"]*)"')
_ANCHOR = re.compile(rb'\sid="([^"]*)"')
_OUTSIDE = re.compile(r"(?:https?:)?//|https?:|data:")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def find_broken_links(files: Mapping[str, bytes]) -> list[InputError]:
    """Return one error for each link of the pages that leads nowhere, and for each anchor that stands twice.

    Parameters
    ----------
    files
        Path within the site to content.
    """
    pages = {path: content for path, content in files.items() if path.endswith(".html")}
    anchors = {path: [_text(found) for found in _ANCHOR.findall(content)] for path, content in pages.items()}
    known = {path: frozenset(found) for path, found in anchors.items()}
    faults = [
        InputError("error.anchor-twice", path=path, anchor=anchor)
        for path, found in anchors.items()
        if len(found) != len(known[path])
        for anchor in sorted({one for one in found if found.count(one) > 1})
    ]
    for path, content in pages.items():
        for link in sorted({_text(found) for found in _LINK.findall(content)}):
            if fault := _check(path, link, files, known):
                faults.append(fault)
    return faults


def _text(found: bytes) -> str:
    return unescape(found.decode())


def _check(path: str, link: str, files: Mapping[str, bytes], known: Mapping[str, frozenset[str]]) -> InputError | None:
    if _OUTSIDE.match(link):
        return None
    if _SCHEME.match(link) or link.startswith("/"):
        return InputError("error.link-kind", path=path, link=link)
    address, _, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) if address else path
    if target not in files:
        return InputError("error.link-lost", path=path, link=link, target=target)
    if anchor and unquote(anchor) not in known.get(target, frozenset()):
        return InputError("error.link-anchor", path=path, link=link, target=target)
    return None
