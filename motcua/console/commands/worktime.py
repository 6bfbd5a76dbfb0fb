"""`motcua worktime`: questions as JSON lines on stdin, answers as JSON lines on stdout. Needs no Django and
no database."""

from collections.abc import Iterable
from typing import IO, Any

from motcua.rules.worktime import answer_line


def run(stdin: IO[Any], stdout: IO[Any]) -> int:
    """Answer every line in order, one line each, as soon as it is read. Lines are UTF-8 whatever the
    terminal's locale; bytes that are not become a bad line, not a crash. Answers 0, also when the reader
    went away."""
    lines: Iterable[str | bytes] = getattr(stdin, "buffer", stdin)
    out = getattr(stdout, "buffer", None)
    try:
        for line in lines:
            text = line if isinstance(line, str) else line.decode("utf-8", "replace")
            answer = answer_line(text) + "\n"
            if out is None:
                stdout.write(answer)
                stdout.flush()
            else:
                out.write(answer.encode("utf-8", "replace"))
                out.flush()
    except BrokenPipeError:
        return 0
    return 0
