"""The Vietnamese of the codes, in one place: for each reason, what is wrong and how to mend it."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    "dossier.shape": (
        "Mã hồ sơ chưa đúng. Mã có dạng như H05.01.22-180620-0001, in trên giấy tiếp nhận hoặc trong tin nhắn."
    ),
    "dossier.date": "Mã hồ sơ chưa đúng: phần giữa ({part}) không phải là một ngày có thật.",
    "dossier.number": "Số thứ tự trong ngày phải từ 1 đến 999999999.",
    "procedure.shape": "Mã thủ tục chưa đúng. Mã có dạng như 1.001193 hoặc 1.012753.H19.",
    "agency.shape": "Mã cơ quan chưa đúng. Mã có dạng như H05.01.22 hoặc 000.00.01.H05.",
    "agency.unknown_province": "Mã {root} không có trong danh sách mã tỉnh đã biết (từ H01 đến H63).",
    "cccd.empty": "Hãy nhập số định danh cá nhân (số căn cước), gồm 12 chữ số.",
    "cccd.characters": "Số định danh cá nhân chỉ gồm chữ số. Hãy bỏ các chữ và ký hiệu khác.",
    "cccd.length": ("Số định danh cá nhân phải có đúng 12 chữ số, hiện có {count}. Hãy đếm lại trên thẻ căn cước."),
    "cccd.province": "Ba số đầu {prefix} không phải là mã tỉnh nào. Hãy so lại với thẻ căn cước.",
    "cccd.abroad": (
        "Ba số đầu {prefix} là mã nước ngoài, chỉ đúng với người sinh ở nước ngoài. Hãy so lại với thẻ căn cước."
    ),
    "cccd.century": "Theo số định danh, năm sinh là {year}. Hãy so lại với thẻ căn cước.",
    "cccd.birth_year": ("Theo số định danh, năm sinh là {year}, khác với ngày sinh đã khai. Hãy so lại cả hai."),
    "cccd.gender": "Theo số định danh, giới tính là {gender}, khác với giới tính đã khai. Hãy so lại cả hai.",
    "cmnd.shape": "Số chứng minh nhân dân phải có đúng 9 chữ số.",
    "identity.shape": "Hãy nhập số định danh cá nhân (12 chữ số) hoặc số chứng minh nhân dân cũ (9 chữ số).",
    "passport.shape": "Số hộ chiếu Việt Nam gồm 1 chữ cái và 7 chữ số, ví dụ C1234567.",
    "mst.shape": (
        "Mã số thuế gồm 10 chữ số, thêm dấu gạch và 3 chữ số nếu là đơn vị phụ thuộc; cá nhân, hộ kinh "
        "doanh dùng số định danh 12 chữ số."
    ),
    "mst.checksum": (
        "Mã số thuế không đúng: chữ số thứ mười không khớp với chín chữ số đầu. Hãy so lại với giấy đăng ký thuế."
    ),
    "mst.branch": "Ba chữ số của đơn vị phụ thuộc phải từ 001 đến 999.",
    "phone.shape": (
        "Số điện thoại chưa đúng. Số di động có 10 chữ số, ví dụ 0912 345 678; số cố định bắt đầu bằng 02."
    ),
    "phone.old": ("Đây là đầu số di động 11 chữ số cũ, đã đổi sang 10 chữ số từ năm 2018. Hãy nhập số hiện nay."),
    "email.shape": (
        "Địa chỉ thư điện tử chưa đúng. Địa chỉ có dạng như ten@vidu.vn, không có dấu cách và không có dấu tiếng Việt."
    ),
    "email.long": "Địa chỉ thư điện tử quá dài (nhiều nhất 254 ký tự).",
    "qr.shape": ("Mã QR này không phải của thẻ căn cước gắn chip. Hãy quét mã QR in trên thẻ."),
    "qr.date": "Không đọc được ngày sinh trong mã QR ({part}). Hãy nhập tay.",
}

GENDERS: Final[Mapping[str, str]] = {"male": "Nam", "female": "Nữ"}
