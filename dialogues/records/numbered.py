"""A list as people paste it, numbered, lettered or with bullets, in pieces: one for each point."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Bullets of word processors, among them those that their own fonts draw.
BULLETS = "•◦‣▪▫●○■□–—*·\uf0b7\uf0a7\uf0d8-"
MARK = re.compile(
    rf"""\s*(?:
        (?P<number>\(?\d{{1,3}}[.)])\s
      | (?P<parts>\(?\d{{1,3}}(?:\.\d{{1,3}})+[.)]?)\s
      | (?P<letter>\(?[A-Za-z][.)])\s
      | (?P<roman>\(?[IVXivx]{{2,5}}[.)])\s
      | (?P<bullet>[{re.escape(BULLETS)}])\s
    )\s*""",
    re.VERBOSE,
)
UP_TO_15 = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv"
ROMAN = {word: number for number, word in enumerate(UP_TO_15.split(), 1)}
#: How many numbers may be missing between two points of one list.
LEAP = 3


@dataclass(frozen=True)
class Mark:
    """What stands before a point: its kind, and its place as the mark tells it."""

    kind: str
    place: int


def split_list(text: str) -> tuple[str, list[str]]:
    """What introduces the list, and its points, each without its mark and in whole lines.

    What lies under a point (a), b) under 1.) stays with it, on lines of its own. A text without
    marks is taken by its paragraphs, or else as one point.
    """
    lines = text.replace("\r\n", "\n").replace("\u00a0", " ").split("\n")
    before: list[str] = []
    points: list[list[str]] = []
    top: str = ""
    last: dict[str, int] = {}
    for line in lines:
        mark, said = read_mark(line, top, last)
        if mark and (not top or mark.kind == top):
            top = mark.kind
            last = {top: mark.place}
            points.append([said])
        elif mark:
            last[mark.kind] = mark.place
            points[-1].append(line.strip())
        elif points:
            carry_on(points[-1], line.strip())
        else:
            before.append(line.strip())
    if not points:
        return "", paragraphs(lines)
    whole = ["\n".join(point).strip() for point in points]
    return "\n".join(before).strip(), [point for point in whole if point]


def read_mark(line: str, top: str, last: dict[str, int]) -> tuple[Mark | None, str]:
    """The mark at a line's beginning, if it goes on with the list, and what stands behind it."""
    found = MARK.match(line + " ")
    if found is None:
        return None, line.strip()
    mark = meant(str(found.lastgroup), found[0].strip(" ().\t"), top, last)
    said = line[found.end() :].strip()
    return (mark, said) if mark else (None, line.strip())


def meant(kind: str, word: str, top: str, last: dict[str, int]) -> Mark | None:
    """What a mark is taken for; None where it would not go on, as a year or “p. 5” would not."""
    if kind == "bullet":
        return Mark(kind, 0)
    if kind == "parts":
        return Mark(kind, 0) if top else None
    for kind_, place in readings(kind, word):
        before = last.get(kind_)
        if before is None and (place == 1 or (kind_ == "number" and not top)):
            return Mark(kind_, place)
        if before is not None and 0 < place - before <= LEAP:
            return Mark(kind_, place)
        if before is not None and place == 1 and kind_ != top:
            return Mark(kind_, place)  # a list under the next point begins anew
    return None


def readings(kind: str, word: str) -> list[tuple[str, int]]:
    """“i” may be a letter or a number; the letter where letters go on, and else the number."""
    if kind == "number":
        return [("number", int(word))]
    found = []
    if len(word) == 1:
        found.append(("letter", ord(word.lower()) - ord("a") + 1))
    if word.lower() in ROMAN:
        found.append(("roman", ROMAN[word.lower()]))
    return found


def carry_on(point: list[str], line: str) -> None:
    """A line that was wrapped goes on with the one before; an empty one ends it."""
    if not line:
        point.append("")
    elif point[-1] == "":
        point.append(line)
    else:
        point[-1] += f" {line}"


def paragraphs(lines: list[str]) -> list[str]:
    """Without marks: what empty lines divide, each with its lines joined."""
    found: list[list[str]] = [[]]
    for line in (line.strip() for line in lines):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [" ".join(some) for some in found if some]
