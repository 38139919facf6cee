"""A folder that changes all at once: written beside its place, then exchanged with the former one.

A build that is stopped at any moment leaves the former folder whole. A folder that was not made here is never touched.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rzgraph.errors import InputError, UsageError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check_place(folder: Path, marker: str) -> None:
    """See to it that a folder may be replaced: it is not there, it is empty, or it holds our marker file.

    Raises
    ------
    UsageError
        When something else stands there.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError("error.not-a-folder", folder=folder, option="--output")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
        raise UsageError("error.foreign-files", folder=folder)


@contextmanager
def replace_folder(folder: Path, marker: str) -> Iterator[Path]:
    """Give a new folder to write to; when all went well it takes the place of the former one at once.

    Parameters
    ----------
    folder
        The place of the folder; its parent is made when it is missing.
    marker
        Name of the file by which a folder of ours is known; whoever writes the folder writes it too.

    Raises
    ------
    UsageError
        When something else stands at that place.
    InputError
        When the disk refuses.
    """
    folder = folder.resolve()
    check_place(folder, marker)
    stem = f".{folder.name}.building-"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder.parent, stem)
        fresh = folder.parent / f"{stem}{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
    except OSError as error:
        raise InputError("error.not-written", path=folder, reason=error.strerror) from None
    try:
        yield fresh
        _exchange(fresh, folder)
    except OSError as error:
        raise InputError("error.not-written", path=error.filename or folder, reason=error.strerror) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _remove_leftovers(parent: Path, stem: str) -> None:
    """Remove what builds that were killed have left; a build that still runs keeps its folder."""
    for folder in sorted(parent.glob(f"{stem}*")):
        number = folder.name.removeprefix(stem)
        if number.isdigit() and not _is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _exchange(fresh: Path, folder: Path) -> None:
    """Put the fresh folder in place; the former one, if any, ends up where the fresh one was."""
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange_at_once(fresh, folder):
        # Where the system knows no exchange, there is a moment without a folder; the former one is still whole.
        former = fresh.with_name(f"{fresh.name}.former")
        folder.rename(former)
        fresh.rename(folder)
        shutil.rmtree(former, ignore_errors=True)


def _exchange_at_once(fresh: Path, folder: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    with suppress(AttributeError, OSError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        if rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(folder), _RENAME_EXCHANGE) == 0:
            return True
        if ctypes.get_errno() not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    return False
