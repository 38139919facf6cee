"""Web addresses in a text: whole ones, those that begin with ``www.``, and bare names of sites (``datdoetdedeal.nl``).

Nothing else is looked for inside an address: neither names nor dates nor figures.
"""

import re
from collections.abc import Iterator

_ENDINGS = r"(?:nl|com|eu|org|net|info|be|nu|de|frl|amsterdam)"
_ADDRESS = re.compile(
    rf"""
      https?://[^\s<>"“”„]+
    | (?<![\w@.-])www\.[^\s<>"“”„]+
    | (?<![\w@./-])(?:[a-z0-9][a-z0-9-]*\.)+{_ENDINGS}(?![\w-]|\.\w|@)(?:/[^\s<>"“”„]*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What ends a sentence or a bracket is no part of the address.
_AFTER = ".,;:!?'’)]}"


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every web address in a text, in order."""
    for match in _ADDRESS.finditer(text):
        address = match[0]
        while address and address[-1] in _AFTER and not (address[-1] == ")" and "(" in address):
            address = address[:-1]
        yield match.start(), match.start() + len(address)


def is_whole(address: str) -> bool:
    """Tell whether an address says how it is reached; else it is the bare name of a site."""
    return re.match("https?://", address, re.IGNORECASE) is not None
