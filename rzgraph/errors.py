"""Errors a user can cause: one line each that says what, where, and what to do, in the language that is asked.

Each leaf carries the exit code of the command line (interface: 1 no answer, 2 wrong use, 3 unreadable input).
"""

from rzgraph.messages import message


class RzgraphError(Exception):
    """The root of all errors this package raises on purpose.

    Parameters
    ----------
    key
        ``error.name``, a message in ``site/messages/error.toml``; or the words themselves, where the language is known.
    values
        What the message names; errors among them are worded too.
    """

    exit_code = 1

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        """Return the English words."""
        return self.in_language("en")

    def in_language(self, lang: str) -> str:
        """Return the words in a language; the bare key and values where the messages cannot be read."""
        if not self.key.startswith("error."):
            return self.key
        values = {name: _word(value, lang) for name, value in self.values.items()}
        try:
            return message(self.key, lang, **values)
        except (OSError, KeyError, ValueError):
            return " ".join([self.key, *(f"{name}={value}" for name, value in values.items())])


def _word(value: object, lang: str) -> str:
    if isinstance(value, RzgraphError):
        return value.in_language(lang)
    if isinstance(value, list):
        return "\n".join(_word(one, lang) for one in value)
    return str(value)


class NotFoundError(RzgraphError):
    """Nothing in the graph answers to the name that was asked for."""

    exit_code = 1


class UsageError(RzgraphError):
    """A command was called in a way that cannot be carried out."""

    exit_code = 2


class InputError(RzgraphError):
    """A file, folder, source text or endpoint could not be read or written."""

    exit_code = 3
