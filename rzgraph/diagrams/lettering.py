"""How wide text is, and where it breaks: so that boxes are drawn to fit their words on every machine.

Text is measured by the advance widths of DejaVu Sans, the widest of the families a drawing names, so that it fits in
the others too. Words too long for a line break where the hyphenation patterns of their language allow.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

# Advance widths of the signs from space to tilde, in thousandths of the size of the type.
_WIDTHS = (
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636),
    *(636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656),
    *(557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613),
    *(635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818),
    *(592, 592, 525, 636, 337, 636, 838),
)
_OTHER = 650  # letters with accents and most other signs are not wider
_BOLD = 1.16


@lru_cache(maxsize=8192)
def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text set in a size of type, in the unit of the size."""
    widths = (_WIDTHS[ord(sign) - 32] if " " <= sign <= "~" else _OTHER for sign in text)
    return sum(widths) / 1000 * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def fold_text(text: str, width: float, size: float, lang: str, most: int = 5, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than a width; of a text of more than `most` lines the rest becomes dots."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure_text(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _break_word(word, width, size, lang, bold)
        if len(lines) > most:
            return (*lines[: most - 1], _shorten(lines[most - 1], width, size, bold))
    return tuple(lines)


def _shorten(line: str, width: float, size: float, bold: bool) -> str:
    while line and measure_text(line + "…", size, bold) > width:
        line = line[:-1]
    return line + "…"


def _break_word(word: str, width: float, size: float, lang: str, bold: bool) -> list[str]:
    """Return a word as it is if it fits a line, else broken where its language allows, else where it must."""
    pieces = []
    while measure_text(word, size, bold) > width:
        places = [place + 1 for place, sign in enumerate(word) if sign == "-"] or _patterns(lang).positions(word)
        heads = {place: word[:place].removesuffix("-") + "-" for place in places}
        fitting = [place for place, head in heads.items() if measure_text(head, size, bold) <= width]
        place = max(fitting, default=0) or max(1, _count_fitting(word, width, size, bold))
        pieces.append(heads.get(place, word[:place]))
        word = word[place:]
    return [*pieces, word] if word else pieces


def _count_fitting(word: str, width: float, size: float, bold: bool) -> int:
    return sum(measure_text(word[:end], size, bold) <= width for end in range(1, min(len(word), 200) + 1))


@cache
def _patterns(lang: str) -> "Pyphen":
    import pyphen

    return pyphen.Pyphen(lang=lang)
