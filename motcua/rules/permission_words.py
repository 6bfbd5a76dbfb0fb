"""The Vietnamese of the table of rights: what each reach and each page is called, for the page auditors read."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.rules.lifecycle import Relation
from motcua.rules.permissions import Page, Reach, Tie

REACHES: Mapping[Tie, str] = {
    Relation.OWNER: "Hồ sơ của chính mình",
    Relation.COUNTER: "Hồ sơ tại quầy của mình",
    Relation.STEP: "Khi bước hiện tại thuộc phần việc của mình",
    Relation.DIVISION: "Hồ sơ bộ phận mình đang giữ",
    Relation.AGENCY: "Trong cơ quan mình",
    Relation.GIVER: "Việc chính mình vừa chuyển",
    Relation.ASKED: "Khi bộ phận mình được hỏi ý kiến",
    Relation.SYSTEM: "Tự động theo quy định",
    Reach.HANDED_ON: "Hồ sơ quầy mình đã nhận rồi chuyển đi, chỉ xem",
    Reach.PASSED: "Hồ sơ đã đến bộ phận mình",
    Reach.SIGNED: "Hồ sơ của cơ quan từ khi lãnh đạo ký",
    Relation.FILER: "Hồ sơ chính mình đang lập",
    Relation.CARRIER: "Bưu gửi bưu cục mình đang giữ",
    Reach.PARTS: "Hồ sơ thành phần của hồ sơ mình thấy, chỉ xem",
    Reach.INHERITED: "Hồ sơ đã kết thúc của cơ quan mà cơ quan mình kế thừa",
    Reach.LISTED: "Theo từng nhóm hồ sơ bên dưới",
    Reach.SELF: "Của chính mình",
    Reach.ALL: "Toàn tỉnh",
}

PAGES: Mapping[Page, str] = {
    Page.DOSSIER: "Xem hồ sơ, giấy tờ và lịch sử; ghi chú nội bộ",
    Page.WORKLIST: "Mở danh sách hồ sơ",
    Page.TRAY_MINE: "Nhóm “Việc của tôi”",
    Page.TRAY_WAITING: "Nhóm “Chờ người nộp”",
    Page.TRAY_ELSEWHERE: "Nhóm “Đang xử lý ở nơi khác”",
    Page.TRAY_DONE: "Nhóm “Đã xong”",
    Page.TRAY_ALL: "Nhóm “Tất cả hồ sơ”",
    Page.INTAKE: "Lập hồ sơ cho người đến quầy",
    Page.FILING: "Nộp hồ sơ qua API",
    Page.UNDELIVERED: "Xem và gửi lại tin nhắn chưa gửi được",
    Page.LEADER: "Xem bảng điều hành của lãnh đạo",
    Page.BULK: "Làm một việc với nhiều hồ sơ; từng hồ sơ vẫn hỏi lại quyền",
    Page.NOTIFY: "Nhắn người nộp ngoài các việc của hồ sơ",
    Page.VIEWS: "Lưu bộ lọc và chọn cột của danh sách; xóa danh sách đã lưu",
    Page.EXPORT: "Xuất danh sách đang thấy ra tệp",
    Page.POST: "Bưu gửi, danh sách bàn giao, vụ thất lạc",
    Page.POST_INTAKE: "Lập hồ sơ cho người dân tại bưu cục",
    Page.POST_OVERVIEW: "Số bưu gửi quá hạn theo bưu cục",
    Page.QUEUE: "Gọi số thứ tự tại quầy",
    Page.ROSTER: "Lịch trực quầy",
    Page.QUEUE_GROUPS: "Chia nhóm việc lấy số tại quầy",
    Page.REGISTER: "Sổ theo dõi hồ sơ",
    Page.ARCHIVE: "Hồ sơ lưu trữ; duyệt danh sách hủy do người khác lập",
    Page.ARCHIVE_KEEPING: "Giữ lại, xác nhận thời hạn lưu trữ, lập danh sách hủy",
    Page.OPINIONS: "Danh sách việc được xin ý kiến",
    Page.COMING: "Xem trước các mốc nhắc, hạn sắp đến",
    Page.CALENDAR: "Đề xuất, xác nhận thay đổi lịch làm việc; ghi nhận hệ thống ngừng",
    Page.COMPLETENESS: "Tình trạng công bố thủ tục: xem phần còn thiếu, xác nhận đã kiểm tra, nhắc cơ quan",
    Page.CASES: "Sổ vụ việc vi phạm; không thấy vụ việc báo về chính mình",
    Page.CASE_REPORT: "Ghi nhận vi phạm từ hồ sơ",
    Page.RATINGS: "Xem người dân đánh giá nội dung trang",
    Page.SERVICES: "Đề nghị về dịch vụ công: cơ quan xem và rút, người vận hành chấp thuận hoặc trả lại",
    Page.SERVICE_PROPOSE: "Đề nghị cung cấp, thay đổi, ngừng một dịch vụ công",
    Page.REORGANISE: "Sắp xếp cơ quan: lập phương án, xem trước; xác nhận phương án do người khác lập",
    Page.STAND_INS: "Cử người thay, ủy quyền",
    Page.CROSSCHECK: "Đối chiếu tờ khai với cơ sở dữ liệu kết nối, khi hồ sơ ở bước của mình",
    Page.PERMISSIONS: "Xem bảng phân quyền này",
    Page.OPEN: "Danh mục thủ tục, tính thời hạn, tra cứu bằng mã: ai cũng xem được",
}
