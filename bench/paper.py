"""A paper of a given weight: a real PDF, each with other bytes."""

from __future__ import annotations

import os

HEAD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
)


def a_paper(size: int) -> bytes:
    """A PDF of one page and about `size` bytes, most of them a stream nobody can compress."""
    body = os.urandom(max(size - 700, 16)).hex().encode()[: max(size - 700, 16)]
    stream = b"4 0 obj<</Length %d>>stream\n" % len(body) + body + b"\nendstream endobj\n"
    parts, offsets, at = [HEAD, stream], [], 0
    whole = b"".join(parts)
    for number in range(1, 5):
        at = whole.index(b"%d 0 obj" % number)
        offsets.append(at)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return whole + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
