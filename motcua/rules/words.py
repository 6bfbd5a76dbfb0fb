"""The Vietnamese of the lifecycle, in one place: labels of states, acts and roles, and the reasons for a refusal."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.rules.acts import Act, Channel, Outcome, State
from motcua.rules.people import Role

STATES: Mapping[State, str] = {
    State.DRAFT: "Bản nháp",
    State.SUBMITTED: "Mới nộp, chờ tiếp nhận",
    State.AWAITING_SUPPLEMENT: "Chờ bổ sung",
    State.AWAITING_PAYMENT: "Chờ nộp phí, lệ phí",
    State.DECLINED: "Không được tiếp nhận",
    State.ACCEPTED: "Đã tiếp nhận",
    State.EXAMINING: "Đang thẩm tra",
    State.AWAITING_APPROVAL: "Chờ lãnh đạo ký duyệt",
    State.AWAITING_SEAL: "Chờ văn thư vào sổ, đóng dấu",
    State.RESULT_READY: "Đã có kết quả",
    State.DELIVERED: "Đã trả kết quả",
    State.WITHDRAWN: "Đã rút hồ sơ",
}

ACTS: Mapping[Act, str] = {
    Act.SUBMIT: "Nộp hồ sơ",
    Act.SUPPLEMENT: "Gửi bổ sung",
    Act.WITHDRAW: "Rút hồ sơ",
    Act.JUDGE: "Ghi nhận kiểm tra",
    Act.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.DECLINE: "Từ chối tiếp nhận",
    Act.REQUEST_PAYMENT: "Yêu cầu nộp phí, lệ phí",
    Act.COLLECT_FEE: "Thu phí, lệ phí",
    Act.ACCEPT: "Tiếp nhận",
    Act.FORWARD: "Chuyển xử lý",
    Act.ASSIGN: "Phân công",
    Act.PROPOSE_SUPPLEMENT: "Đề nghị bổ sung",
    Act.DRAFT_RESULT: "Dự thảo kết quả",
    Act.PASS_ON: "Chuyển bước tiếp theo",
    Act.PROPOSE: "Trình lãnh đạo",
    Act.SEND_BACK: "Trả lại phòng chuyên môn",
    Act.APPROVE: "Ký duyệt",
    Act.SEAL: "Vào sổ, đóng dấu",
    Act.DELIVER: "Trả kết quả",
}

HAPPENED: Mapping[Act, str] = {
    Act.SUBMIT: "Đã nộp hồ sơ",
    Act.SUPPLEMENT: "Đã gửi bổ sung",
    Act.WITHDRAW: "Đã rút hồ sơ",
    Act.JUDGE: "Đã kiểm tra giấy tờ và tờ khai",
    Act.REQUEST_SUPPLEMENT: "Cần bổ sung, hoàn thiện hồ sơ",
    Act.DECLINE: "Hồ sơ không được tiếp nhận",
    Act.REQUEST_PAYMENT: "Cần nộp phí, lệ phí",
    Act.COLLECT_FEE: "Đã thu phí, lệ phí",
    Act.ACCEPT: "Đã tiếp nhận hồ sơ",
    Act.FORWARD: "Đã chuyển đến bộ phận xử lý",
    Act.ASSIGN: "Đã phân công người xử lý",
    Act.PROPOSE_SUPPLEMENT: "Phòng chuyên môn đề nghị bổ sung hồ sơ",
    Act.DRAFT_RESULT: "Đã dự thảo kết quả",
    Act.PASS_ON: "Đã chuyển sang bước tiếp theo",
    Act.PROPOSE: "Đã trình lãnh đạo",
    Act.SEND_BACK: "Lãnh đạo trả lại để chỉnh sửa",
    Act.APPROVE: "Lãnh đạo đã ký duyệt",
    Act.SEAL: "Đã có kết quả",
    Act.DELIVER: "Đã trả kết quả",
}

ROLES: Mapping[Role, str] = {
    Role.APPLICANT: "Người nộp",
    Role.COUNTER_OFFICER: "Cán bộ một cửa",
    Role.CASE_OFFICER: "Chuyên viên",
    Role.DIVISION_HEAD: "Lãnh đạo phòng",
    Role.LEADER: "Lãnh đạo cơ quan",
    Role.RECORDS_CLERK: "Văn thư",
    Role.OPERATOR: "Quản trị vận hành",
    Role.SYSTEM: "Hệ thống",
}

CHANNELS: Mapping[Channel, str] = {
    Channel.COUNTER: "Trực tiếp tại bộ phận một cửa",
    Channel.ONLINE: "Trực tuyến",
    Channel.POST: "Qua bưu chính công ích",
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.GRANTED: "Giải quyết theo đề nghị",
    Outcome.REFUSED: "Không đủ điều kiện giải quyết",
}

REASONS: Mapping[str, str] = {
    "not_yours": "Việc này không thuộc phần việc của bạn đối với hồ sơ này.",
    "wrong_state": "Hồ sơ không còn ở bước làm được việc này. Hãy tải lại trang để xem tình trạng mới.",
    "already_accepted": "Hồ sơ này đã có người tiếp nhận hoặc không còn chờ tiếp nhận.",
    "held": "{name} đang xử lý bước này.",
    "incomplete": "Hồ sơ còn thiếu: {items}.",
    "marked_wrong": "Còn mục đã đánh dấu chưa đạt: {items}. Hãy yêu cầu bổ sung hoặc sửa lại đánh dấu.",
    "unjudged": "Còn {count} mục chưa kiểm tra: {items}. Kiểm tra hết để chỉ yêu cầu bổ sung một lần.",
    "nothing_wrong": "Chưa có mục nào bị đánh dấu chưa đạt nên không có gì để yêu cầu bổ sung.",
    "supplement_rounds": "Hồ sơ đã được yêu cầu bổ sung {rounds} lần. Muốn yêu cầu thêm phải có ý kiến lãnh đạo.",
    "supplement_not_proposed": "Phòng chuyên môn đang thẩm tra và chưa đề nghị bổ sung.",
    "unanswered": "Còn mục được yêu cầu mà chưa bổ sung: {items}.",
    "unpaid_first": "Còn {amount} đồng phải nộp trước khi tiếp nhận.",
    "nothing_to_pay": "Hồ sơ không còn khoản nào phải nộp.",
    "no_prepayment": "Hồ sơ không có khoản nào phải nộp trước khi tiếp nhận.",
    "fee_unknown": "Có khoản phí, lệ phí chưa xác định số tiền. Hãy nhập số tiền và thu trước khi trả kết quả.",
    "unpaid": "Còn {amount} đồng chưa nộp.",
    "no_draft": "Chưa có dự thảo kết quả.",
    "approval_not_next": "Bước tiếp theo của quy trình chưa phải là ký duyệt. Hãy chuyển bước tiếp theo.",
    "examination_not_next": "Bước tiếp theo của quy trình là ký duyệt. Hãy trình lãnh đạo.",
    "not_approved": "Lãnh đạo chưa ký duyệt kết quả.",
}
