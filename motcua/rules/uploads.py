"""Whether an uploaded file may stand for a paper: facts about the file in, problems in plain Vietnamese out.

One file per paper (KT-7), several files for one component where its maximum allows. A file's
type must be the same by content, by extension and on the list: PDF, JPEG, PNG, and DOCX where the component
asks for it (ASVS 5.2.2). Finding the facts (sniffing, counting pages, opening the PDF) is the work of
`motcua.files`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.rules.text import filename_safe

MEGABYTE: Final = 1_000_000
MAX_PIXELS: Final = 50_000_000
"""A picture of more pixels is a bomb or a poster, not a paper (ASVS 5.2.6)."""


class FileType(StrEnum):
    """The types ever accepted, by media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @property
    def label(self) -> str:
        """The name people know it by."""
        return self.name

    @property
    def extensions(self) -> tuple[str, ...]:
        """Its file name endings, without the dot."""
        return ("jpg", "jpeg", "jpe", "jfif") if self is FileType.JPEG else (self.name.lower(),)


PAPER_TYPES: Final = frozenset({FileType.PDF, FileType.JPEG, FileType.PNG})


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What is known of one uploaded file. None means that it could not be found out or does not apply.

    `name` as declared by the browser; `sniffed` the media type told by the content ("" when unrecognised);
    `size` and `unpacked` in bytes; `active` for scripts, embedded files, macros or automatic actions;
    `foreign_data` when it is at the same time something else; `same_as` the name of an identical file already
    attached to the same component; `signatures` how many digital signatures its structure shows (not verified).
    """

    name: str
    size: int
    sniffed: str = ""
    pages: int | None = None
    pixels: int | None = None
    unpacked: int | None = None
    encrypted: bool = False
    active: bool = False
    broken: bool = False
    foreign_data: bool = False
    same_as: str | None = None
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What one component of a dossier takes. `files_so_far` and `bytes_so_far` count what is attached."""

    types: frozenset[FileType] = PAPER_TYPES
    max_bytes: int = 10 * MEGABYTE
    max_files: int = 1
    files_so_far: int = 0
    max_pixels: int = MAX_PIXELS
    max_pages: int | None = None
    max_unpacked: int = 100 * MEGABYTE
    max_dossier_bytes: int | None = None
    bytes_so_far: int = 0


TOO_MANY_ONE: Final = (
    "Giấy tờ này chỉ nhận một tệp và đã có tệp rồi. Hãy xóa tệp cũ nếu muốn thay, hoặc gộp các trang vào một tệp PDF."
)
TOO_MANY: Final = "Giấy tờ này nhận nhiều nhất {limit} tệp. Hãy xóa bớt, hoặc gộp các trang vào một tệp PDF."
TWICE: Final = "Tệp “{name}” giống hệt tệp “{other}” đã có. Hãy chọn tệp khác, mỗi giấy tờ một tệp riêng."
EMPTY: Final = "Tệp “{name}” rỗng (0 byte). Hãy mở thử tệp trên máy, rồi chọn lại."
TOO_BIG: Final = (
    "Tệp “{name}” nặng {size}, vượt mức {limit}. Hãy chụp hoặc quét lại ở độ phân giải thấp hơn, "
    "khoảng 200 điểm trên inch là đủ đọc."
)
DOSSIER_FULL: Final = "Thêm tệp “{name}” thì cả hồ sơ vượt mức {limit}. Hãy giảm dung lượng các tệp đã có rồi gửi lại."
NOT_ACCEPTED: Final = "Tệp “{name}” không phải là loại được nhận. Hãy gửi tệp {types}."
NO_DOCX: Final = "Tệp “{name}” là tệp Word. Giấy tờ này chỉ nhận {types}; hãy lưu thành PDF rồi gửi lại."
OTHER_CONTENT: Final = (
    "Tên tệp “{name}” không khớp với nội dung: đây thực ra là tệp {actual}. "
    "Hãy đổi đuôi tên tệp thành .{extension} rồi gửi lại."
)
BROKEN: Final = "Không mở được tệp “{name}”, có thể tệp bị hỏng. Hãy quét hoặc xuất lại rồi gửi."
ENCRYPTED: Final = "Tệp “{name}” có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu rồi gửi lại."
ACTIVE: Final = "Tệp “{name}” có chứa mã lệnh hoặc tệp nhúng nên không nhận được. Hãy in ra tệp PDF mới rồi gửi tệp đó."
FOREIGN: Final = "Tệp “{name}” có lẫn dữ liệu của loại tệp khác. Hãy quét hoặc xuất lại rồi gửi."
TOO_MANY_PIXELS: Final = (
    "Ảnh “{name}” quá lớn ({pixels} triệu điểm ảnh, nhiều nhất {limit} triệu). Hãy chụp lại ở độ phân giải thấp hơn."
)
NO_PAGES: Final = "Tệp “{name}” không có trang nào. Hãy quét hoặc xuất lại rồi gửi."
TOO_MANY_PAGES: Final = "Tệp “{name}” có {pages} trang, nhiều nhất {limit} trang. Hãy tách riêng, mỗi giấy tờ một tệp."
SWELLS: Final = "Tệp “{name}” khi mở ra quá lớn nên không nhận được. Hãy lưu lại thành PDF rồi gửi."


def judge(facts: UploadFacts, limits: UploadLimits) -> list[str]:
    """The problems of a file, each a sentence saying what is wrong and how to mend it; empty when it may be
    kept.

    An empty or oversized file, or one of a type not taken, is not looked into further.
    """
    name = filename_safe(facts.name)
    problems = _count_problems(facts, limits, name)
    outside = _size_problems(facts, limits, name) or _type_problems(facts, limits, name)
    return problems + (outside or _content_problems(facts, limits, name))


def _count_problems(facts: UploadFacts, limits: UploadLimits, name: str) -> list[str]:
    problems = []
    if limits.files_so_far >= limits.max_files:
        problems.append(TOO_MANY_ONE if limits.max_files == 1 else TOO_MANY.format(limit=limits.max_files))
    if facts.same_as is not None:
        problems.append(TWICE.format(name=name, other=filename_safe(facts.same_as)))
    return problems


def _size_problems(facts: UploadFacts, limits: UploadLimits, name: str) -> list[str]:
    if facts.size <= 0:
        return [EMPTY.format(name=name)]
    if facts.size > limits.max_bytes:
        return [TOO_BIG.format(name=name, size=size_words(facts.size), limit=size_words(limits.max_bytes))]
    if limits.max_dossier_bytes is not None and limits.bytes_so_far + facts.size > limits.max_dossier_bytes:
        return [DOSSIER_FULL.format(name=name, limit=size_words(limits.max_dossier_bytes))]
    return []


def _type_problems(facts: UploadFacts, limits: UploadLimits, name: str) -> list[str]:
    """Content on the list, extension on the list, and both the same."""
    types = type_words(limits.types)
    try:
        actual = FileType(facts.sniffed)
    except ValueError:
        return [NOT_ACCEPTED.format(name=name, types=types)]
    if actual not in limits.types:
        shape = NO_DOCX if actual is FileType.DOCX else NOT_ACCEPTED
        return [shape.format(name=name, types=types)]
    _, dot, extension = name.rpartition(".")
    if not dot or extension.lower() not in actual.extensions:
        return [OTHER_CONTENT.format(name=name, actual=actual.label, extension=actual.extensions[0])]
    return []


def _content_problems(facts: UploadFacts, limits: UploadLimits, name: str) -> list[str]:
    if facts.encrypted:
        return [ENCRYPTED.format(name=name)]
    if facts.broken:
        return [BROKEN.format(name=name)]
    problems = []
    if facts.active:
        problems.append(ACTIVE.format(name=name))
    if facts.foreign_data:
        problems.append(FOREIGN.format(name=name))
    if facts.pixels is not None and facts.pixels > limits.max_pixels:
        # Rounded up, so that a picture just over the limit is not said to be exactly at it.
        seen, most = -(-facts.pixels // 1_000_000), limits.max_pixels // 1_000_000
        problems.append(TOO_MANY_PIXELS.format(name=name, pixels=seen, limit=most))
    if facts.pages == 0:
        problems.append(NO_PAGES.format(name=name))
    if limits.max_pages is not None and (facts.pages or 0) > limits.max_pages:
        problems.append(TOO_MANY_PAGES.format(name=name, pages=facts.pages, limit=limits.max_pages))
    if facts.unpacked is not None and facts.unpacked > limits.max_unpacked:
        problems.append(SWELLS.format(name=name))
    return problems


def type_words(types: frozenset[FileType]) -> str:
    """The accepted types as a person reads them: "PDF, JPEG hoặc PNG"."""
    labels = [kind.label for kind in FileType if kind in types]
    return " hoặc ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))


def accepted_extensions(types: frozenset[FileType]) -> str:
    """The same for the `accept` attribute of a file field: ".pdf,.jpg,.jpeg,.png"."""
    return ",".join(f".{ending}" for kind in FileType if kind in types for ending in kind.extensions)


def size_words(size: int) -> str:
    """Bytes as a person reads them: `1500000` → "1,5 MB"."""
    if size < MEGABYTE:
        return f"{max(1, -(-size // 1000))} kB" if size else "0 byte"
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10},{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"
