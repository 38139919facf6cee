"""Errors a user can cause: one line each that says what, where, and what to do.

Each leaf carries the exit code of the command line (interface: 1 no answer, 2 wrong use, 3 unreadable input).
"""


class RzgraphError(Exception):
    """The root of all errors this package raises on purpose."""

    exit_code = 1


class NotFoundError(RzgraphError):
    """Nothing in the graph answers to the name that was asked for."""

    exit_code = 1


class UsageError(RzgraphError):
    """A command was called in a way that cannot be carried out."""

    exit_code = 2


class InputError(RzgraphError):
    """A file, folder, source text or endpoint could not be read or written."""

    exit_code = 3
