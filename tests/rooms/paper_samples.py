"""One believable paper of each kind. All names and numbers are invented."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from motcua.papers import books, post_facts
from motcua.papers import facts as f
from motcua.rules.acts import Channel, Outcome, Paper

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = "H08.31.15-261118-0007"
ISSUED_AT = datetime(2026, 11, 18, 9, 5, 30, tzinfo=ZONE)
VERIFY_URL = "https://dichvucong.example.vn/kiem-tra/q7Jx0aZ2mVtR4cKe"


def moment(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


HEAD = f.Letterhead(
    superior="Ủy ban nhân dân thành phố Quy Nhơn",
    agency="Ủy ban nhân dân phường Ghềnh Ráng",
    place="Ghềnh Ráng",
    address="01 Hàn Mặc Tử, phường Ghềnh Ráng, thành phố Quy Nhơn, tỉnh Bình Định",
    phone="0256 3000 111",
    demo=True,
)
LAN = f.Applicant(
    name="Nguyễn Thị Lan",
    address="Số 12 đường Trần Văn Kỷ, phường Ghềnh Ráng, thành phố Quy Nhơn, tỉnh Bình Định",
    phone="0905 000 123",
    email="lan.nguyen@example.vn",
)
PERMIT = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"


def _file(paper: str, name: str, size: int) -> f.FileLine:
    return f.FileLine(paper=paper, name=name, size=size, sha256=sha256(name.encode()).hexdigest())


SAMPLES: dict[Paper, f.PaperFacts] = {
    Paper.SUBMISSION_RECEIPT: f.SubmissionReceipt(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        procedure=PERMIT,
        submitted_at=moment(18, 9, 5),
        files=(
            _file("Đơn đề nghị cấp giấy phép xây dựng", "don-de-nghi.pdf", 184_320),
            _file("Giấy chứng nhận quyền sử dụng đất", "IMG_20261117_093011.jpg", 2_411_724),
            _file("Bản vẽ thiết kế xây dựng", "Ban ve nha o rieng le - bo 1 - ky so.pdf", 8_912_896),
        ),
        next_deadline=moment(18, 10, 5),
        next_deadline_text="cơ quan trả lời tiếp nhận, đề nghị bổ sung hoặc từ chối hồ sơ",
        lookup_secret="K7PM2XQ9",
        lookup_address="https://dichvucong.example.vn/tra-cuu",
    ),
    Paper.APPOINTMENT_SLIP: f.AppointmentSlip(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        request=PERMIT,
        papers=(
            f.PaperLine(name="Đơn đề nghị cấp giấy phép xây dựng", originals=1),
            f.PaperLine(name="Giấy tờ chứng minh quyền sử dụng đất", certified_copies=1),
            f.PaperLine(name="Bản vẽ thiết kế xây dựng", originals=2, electronic=1),
            f.PaperLine(name="Bản cam kết bảo đảm an toàn đối với công trình liền kề", plain_copies=1),
        ),
        sets=2,
        allowed_time="07 ngày làm việc",
        accepted_at=moment(18, 9, 42),
        promised_at=moment(30, 17, 30),
        return_place="Bộ phận Tiếp nhận và Trả kết quả, Ủy ban nhân dân phường Ghềnh Ráng",
        register_book="03",
        register_number="0147",
        officer="Trần Văn Minh",
    ),
    Paper.SUPPLEMENT_NOTICE: f.SupplementNotice(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        request=PERMIT,
        items=(
            "Bản vẽ thiết kế xây dựng: nộp thêm mặt bằng móng tỷ lệ 1/50 – 1/200, có chữ ký người thiết kế",
            "Giấy tờ chứng minh quyền sử dụng đất: chụp lại trang 3 và trang 4 cho rõ chữ",
            "Tờ khai, mục “Diện tích xây dựng”: ghi khớp với bản vẽ (bản vẽ ghi 82,5 m²)",
        ),
        reason="Hồ sơ chưa đủ thành phần theo khoản 1 Điều 46 Nghị định số 15/2021/NĐ-CP; bản chụp bị mờ.",
        contact_name="Trần Văn Minh",
        contact_phone="0256 3000 111",
        officer="Trần Văn Minh",
    ),
    Paper.DECLINE_NOTICE: f.DeclineNotice(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        request=PERMIT,
        reasons=(
            "Công trình thuộc địa bàn phường Trần Phú, không thuộc thẩm quyền của phường Ghềnh Ráng",
            "Đề nghị nộp hồ sơ tại Ủy ban nhân dân phường Trần Phú",
        ),
        contact_name="Trần Văn Minh",
        contact_phone="0256 3000 111",
        officer="Trần Văn Minh",
    ),
    Paper.APOLOGY_NOTICE: f.ApologyNotice(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        request=PERMIT,
        accepted_at=moment(18, 9, 42),
        was_due_at=moment(27, 17, 30),
        reason="Phải chờ ý kiến phối hợp của Phòng Quản lý đô thị về chỉ giới xây dựng.",
        new_due_at=moment(2, 17, 30, month=12),
        contact_phone="0256 3000 111",
        position="Chủ tịch",
        signer="Võ Minh Quang",
    ),
    Paper.STOP_NOTICE: f.StopNotice(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        request=PERMIT,
        reasons=(
            "Tòa án nhân dân thành phố đang thụ lý tranh chấp về thửa đất đề nghị xây dựng",
            "Quyết định số 12/2026/QĐ-BPKCTT cấm thay đổi hiện trạng thửa đất",
        ),
        accepted_at=moment(18, 9, 42),
        money="Phí, lệ phí đã nộp: 75.000 đồng. Phần chưa thực hiện được hoàn trả theo quy định tại nơi đã nộp.",
        contact_name="Bộ phận Tiếp nhận và Trả kết quả",
        contact_phone="0256 3000 111",
        position="Chủ tịch",
        signer="Võ Minh Quang",
    ),
    Paper.CONTROL_SHEET: f.ControlSheet(
        head=HEAD,
        code=CODE,
        lead="Bộ phận Địa chính – Xây dựng",
        coordinating=("Phòng Quản lý đô thị thành phố Quy Nhơn",),
        handovers=(
            f.HandOver(
                giver="Bộ phận Tiếp nhận và Trả kết quả",
                receiver="Bộ phận Địa chính – Xây dựng",
                given_by="Trần Văn Minh",
                given_at=moment(18, 10, 5),
                received_by="Lê Thị Hà",
                received_at=moment(18, 10, 20),
                punctuality=f.Punctuality.ON_TIME,
            ),
            f.HandOver(
                giver="Bộ phận Địa chính – Xây dựng",
                receiver="Lãnh đạo Ủy ban nhân dân phường",
                given_by="Lê Thị Hà",
                given_at=moment(25, 15, 10),
                received_by="Phạm Quang",
                received_at=moment(25, 15, 30),
                punctuality=f.Punctuality.EARLY,
                note="Đã kiểm tra thực địa ngày 20/11/2026",
            ),
            f.HandOver(
                giver="Lãnh đạo Ủy ban nhân dân phường",
                receiver="Văn thư",
                given_by="Phạm Quang",
                given_at=moment(27, 16, 45),
                received_by="Võ Thị Thu",
                received_at=moment(30, 7, 35),
                punctuality=f.Punctuality.LATE,
                note="Chậm 45 phút",
            ),
            f.HandOver(
                giver="Văn thư",
                receiver="Bộ phận Tiếp nhận và Trả kết quả",
                given_by="Võ Thị Thu",
                given_at=moment(30, 9),
            ),
        ),
    ),
    Paper.HANDOVER_RECORD: f.HandoverRecord(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        procedure=PERMIT,
        channel=Channel.POST,
        receiver_name="Đặng Hoài Nam",
        receiver_identity="Thẻ nhân viên bưu chính số BĐ-0417",
        receiver_capacity="Nhân viên bưu chính được ủy quyền vận chuyển",
        delivery_address="Số 12 đường Trần Văn Kỷ, phường Ghềnh Ráng, thành phố Quy Nhơn",
        tracking_number="RB 123 456 789 VN",
        documents=(
            f.ResultLine(name="Giấy phép xây dựng", number="07/GPXD"),
            f.ResultLine(name="Bản vẽ thiết kế đã đóng dấu", originals=0, copies=1),
        ),
        originals_checked=True,
        fee_settled="75.000 đ, đã thu đủ",
        handed_at=moment(30, 10, 15),
        officer="Trần Văn Minh",
    ),
    Paper.POST_RECEIPT: post_facts.PostReceipt(
        head=HEAD,
        code=CODE,
        parcel="BG4H7TQ2KM",
        post_office="Bưu cục Ghềnh Ráng",
        clerk="Trần Thị Tâm",
        taken_at=moment(18, 9, 5),
        applicant=LAN,
        procedure=PERMIT,
        papers=(
            post_facts.TakenPaper(name="Giấy tờ chứng minh quyền sử dụng đất", originals=1, scans=2),
            post_facts.TakenPaper(name="Bản vẽ thiết kế xây dựng", copies=2, scans=1),
        ),
    ),
    Paper.RESULT: f.Result(
        head=HEAD,
        code=CODE,
        title="Giấy phép xây dựng",
        abstract="Nhà ở riêng lẻ",
        outcome=Outcome.GRANTED,
        applicant=LAN,
        procedure=PERMIT,
        bases=("Luật Xây dựng ngày 18 tháng 6 năm 2014", "Nghị định số 175/2024/NĐ-CP của Chính phủ"),
        rows=(
            f.Row(label="Công trình", heading=True),
            f.Row(label="Loại công trình", value="Nhà ở riêng lẻ, cấp III, 3 tầng"),
            f.Row(label="Địa điểm", value="Thửa đất số 118, tờ bản đồ số 27, phường Ghềnh Ráng"),
            f.Row(label="Diện tích xây dựng tầng 1", value="82,5 m²"),
            f.Row(label="Tổng diện tích sàn", value="231,0 m²"),
            f.Row(label="Hiệu lực", value="Khởi công trong 12 tháng kể từ ngày cấp"),
        ),
        authority="TM. Ủy ban nhân dân",
        position="Chủ tịch",
        leader="Phạm Quang",
        approved_at=moment(27, 16, 40),
        sealed_at=moment(30, 8, 50),
        recipients=("Bà Nguyễn Thị Lan",),
    ),
    Paper.COVER_SHEET: f.CoverSheet(
        head=HEAD,
        code=CODE,
        applicant=LAN,
        procedure=PERMIT,
        submitted_at=moment(18, 9, 5),
        papers=(
            f.Copies(name="Giấy tờ chứng minh quyền sử dụng đất"),
            f.Copies(name="Bản vẽ thiết kế xây dựng", copies=2),
        ),
    ),
    Paper.EFORM_PRINT: f.EFormPrint(
        head=HEAD,
        code=CODE,
        title="Tờ khai đăng ký khai sinh",
        version="3 (áp dụng từ 01/07/2026)",
        procedure="Đăng ký khai sinh",
        addressee="Ủy ban nhân dân phường Ghềnh Ráng, thành phố Quy Nhơn, tỉnh Bình Định",
        applicant=LAN,
        steps=(
            f.FormStep(
                title="1. Người yêu cầu",
                rows=(
                    f.Row(label="Họ, chữ đệm, tên", value="Nguyễn Thị Lan"),
                    f.Row(label="Số định danh cá nhân", value="052 188 001 234"),
                    f.Row(label="Quan hệ với người được khai sinh", value="Mẹ"),
                ),
            ),
            f.FormStep(
                title="2. Người được khai sinh",
                rows=(
                    f.Row(label="Họ, chữ đệm, tên", value="Trần Nguyễn Bảo An"),
                    f.Row(label="Ngày sinh", value="02/11/2026"),
                    f.Row(label="Giới tính", value="Nữ"),
                    f.Row(label="Dân tộc", value="Kinh"),
                    f.Row(label="Tên gọi khác", value=""),
                    f.Row(label="Anh, chị, em (1)", heading=True),
                    f.Row(label="Họ, chữ đệm, tên", value="Trần Nguyễn Minh Khôi"),
                ),
            ),
        ),
        declaration="Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm về lời khai.",
        submitted_at=moment(18, 9, 5),
        attachments=("Giấy chứng sinh (giay-chung-sinh.pdf)",),
    ),
    Paper.PARCEL_LIST: post_facts.ParcelList(
        head=HEAD,
        code=CODE,
        outward=True,
        giver="Bộ phận Tiếp nhận và Trả kết quả phường Ghềnh Ráng",
        receiver="Bưu cục Ghềnh Ráng",
        given_by="Lê Quang Minh",
        given_at=moment(18, 10, 30),
        received_by="Trần Thị Tâm",
        received_at=moment(18, 10, 40),
        counted=2,
        lines=(
            post_facts.ParcelLine(code=CODE, number="BG4H7TQ2KM", name=LAN.name, address=LAN.address, registered=True),
            post_facts.ParcelLine(code="H08.31.15-261118-0009", number="BG9X2WN5RT", name="Lê Văn Hải"),
        ),
    ),
    Paper.REGISTER: books.Register(
        head=HEAD,
        code=CODE,
        book="2026",
        period="từ ngày 16/11/2026 đến ngày 20/11/2026",
        lines=(
            books.RegisterLine(
                number="0147",
                code=CODE,
                procedure=PERMIT,
                applicant=LAN.name,
                contact="12 Trần Văn Kỷ, 0905 000 123",
                lead="Ủy ban nhân dân phường Ghềnh Ráng",
                accepted_at=moment(18, 9, 42),
                promised_at=moment(30, 17, 30),
                returned_at=moment(30, 10, 15),
                channel="Trực tiếp",
                receiver="Nguyễn Văn Lâm",
                note="Trả trước hạn",
            ),
        ),
    ),
}
NUMBERS = {
    Paper.APPOINTMENT_SLIP: "07/TPHS",
    Paper.SUPPLEMENT_NOTICE: "03/HDHS",
    Paper.DECLINE_NOTICE: "02/TC",
    Paper.STOP_NOTICE: "02/TB",
    Paper.HANDOVER_RECORD: "11/BBBG",
    Paper.PARCEL_LIST: "05/DSBG",
    Paper.RESULT: "07/GPXD",
}
