"""Rows of text laid out for a terminal: a table where the words fit, else a record per row.

No word is broken that fits in a column; where that leaves no room for all columns, every row becomes a record of its
own with its sources below it.
"""

import re
import textwrap
from collections.abc import Iterator

#: The longest word a column makes room for; longer ones (file names, addresses) may be folded.
LONGEST_WORD = 30

# Between the sign of the euro and its figure no line is broken: the layout sees a letter there that no text has.
_AMOUNT, _KEPT = re.compile(r"(?<=€) (?=\d)"), "\ue000"
_PUT_BACK = re.compile(rf"(?<=€){_KEPT}(?=\d)")


def lay_out_table(head: list[str], rows: list[list[str]], width: int) -> list[str] | None:
    """Return the lines of a table, or None when its words do not fit in the width."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [[_AMOUNT.sub(_KEPT, cell) for cell in row] for row in rows]
    widths = _share_width(head, rows, width)
    if widths is None:
        return None
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for title, wide in zip(head, widths, strict=True):
        table.add_column(Text(title), width=wide, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=width, highlight=False, markup=False, emoji=False, force_terminal=False, no_color=True)
    with console.capture() as capture:
        console.print(table)
    return [_PUT_BACK.sub(" ", line.rstrip()) + "\n" for line in capture.get().splitlines()]


def _share_width(head: list[str], rows: list[list[str]], width: int) -> list[int] | None:
    """Return the width of each column: its longest word at least, and more where it saves most lines."""
    lines = [head, *rows]
    # Between two columns stands one blank of the box and one of ours.
    room = width - 2 * len(head)
    widest = [max(1, *(len(line[i]) for line in lines)) for i in range(len(head))]
    words = [max((len(word) for line in lines for word in line[i].split()), default=1) for i in range(len(head))]
    widths = [min(word, LONGEST_WORD) for word in words]
    if sum(widths) > room:
        return None
    while sum(widths) < min(room, sum(widest)):
        need = [wide / now if now < wide else 0.0 for now, wide in zip(widths, widest, strict=True)]
        widths[need.index(max(need))] += 1
    return widths


def lay_out_records(head: list[str], rows: list[list[str]], sources: list[list[str]], width: int) -> Iterator[str]:
    """Yield the lines of numbered records: what each column says, then the sources."""
    for number, (row, read) in enumerate(zip(rows, sources, strict=True), 1):
        if number > 1:
            yield "\n"
        said = " · ".join(f"{title}: {cell}" for title, cell in zip(head, row, strict=True) if cell)
        yield from fold_lines(f"{number}.".ljust(4), said, width)
        for source in read:
            yield from fold_lines("    - ", source, width)


def fold_lines(mark: str, text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text after a mark, the later ones indented below the first."""
    indent = " " * len(mark)
    for line in textwrap.wrap(
        _AMOUNT.sub(_KEPT, mark + text), width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    ) or [mark]:
        yield _PUT_BACK.sub(" ", line.rstrip()) + "\n"
