"""The Vietnamese of the lifecycle, in one place: labels of states, acts and roles, and the reasons for a refusal."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.rules.acts import Act, Channel, Compared, FeeChannel, Mode, Outcome, State
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
    State.STOPPED: "Đã dừng giải quyết",
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
    Act.RECORD_ARRIVAL: "Ghi nhận bản giấy đã đến",
    Act.ALLOW_SUPPLEMENT: "Đồng ý cho yêu cầu bổ sung thêm",
    Act.CLOSE_UNANSWERED: "Kết thúc vì không bổ sung",
    Act.DRAFT_APOLOGY: "Soạn phiếu xin lỗi và hẹn lại",
    Act.SIGN_APOLOGY: "Ký phiếu xin lỗi và hẹn lại",
    Act.RESCHEDULE: "Tính lại thời hạn",
    Act.CONSULT: "Xin ý kiến phối hợp",
    Act.OPINE: "Trả lời ý kiến phối hợp",
    Act.OPEN_CHILD: "Mở hồ sơ liên thông",
    Act.RECALL: "Thu hồi việc đã chuyển",
    Act.RETURN_TO_GIVER: "Trả lại người chuyển",
    Act.STOP: "Dừng giải quyết",
    Act.TRANSFER: "Chuyển cơ quan có thẩm quyền",
    Act.CORRECT: "Sửa sai sót khi tiếp nhận",
    Act.SUCCEED: "Cơ quan kế thừa nhận hồ sơ",
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
    Act.RECORD_ARRIVAL: "Đã nhận bản giấy gửi qua bưu chính",
    Act.ALLOW_SUPPLEMENT: "Lãnh đạo đồng ý cho yêu cầu bổ sung thêm",
    Act.CLOSE_UNANSWERED: "Hồ sơ kết thúc vì quá hạn bổ sung",
    Act.DRAFT_APOLOGY: "Đã soạn phiếu xin lỗi và hẹn lại",
    Act.SIGN_APOLOGY: "Cơ quan xin lỗi và hẹn lại ngày trả kết quả",
    Act.RESCHEDULE: "Thời hạn được tính lại",
    Act.CONSULT: "Đã xin ý kiến phối hợp",
    Act.OPINE: "Đã có ý kiến phối hợp",
    Act.OPEN_CHILD: "Đã mở hồ sơ liên thông",
    Act.RECALL: "Người chuyển đã thu hồi",
    Act.RETURN_TO_GIVER: "Đã trả lại người chuyển",
    Act.STOP: "Cơ quan dừng giải quyết hồ sơ",
    Act.TRANSFER: "Đã chuyển đến cơ quan có thẩm quyền",
    Act.CORRECT: "Đã sửa sai sót khi tiếp nhận",
    Act.SUCCEED: "Cơ quan kế thừa đã nhận hồ sơ",
}

ROLES: Mapping[Role, str] = {
    Role.APPLICANT: "Người nộp",
    Role.COUNTER_OFFICER: "Cán bộ một cửa",
    Role.CASE_OFFICER: "Chuyên viên",
    Role.DIVISION_HEAD: "Lãnh đạo phòng",
    Role.LEADER: "Lãnh đạo cơ quan",
    Role.RECORDS_CLERK: "Văn thư",
    Role.POSTAL_CLERK: "Nhân viên bưu chính",
    Role.ARCHIVIST: "Lưu trữ cơ quan",
    Role.INSPECTOR: "Cán bộ thanh tra, kiểm soát thủ tục",
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
    "paper_owed": "Hồ sơ không ký số đang chờ bản giấy có chứng thực gửi qua bưu chính. Hãy ghi nhận khi bản giấy đến.",
    "no_paper_awaited": "Hồ sơ này không chờ bản giấy nào gửi qua bưu chính.",
    "not_digitised": "Giấy tờ nhận tại quầy chưa được số hóa: {items}. Hãy quét và đính kèm trước khi tiếp nhận.",
    "rounds_left": "Vẫn còn lượt yêu cầu bổ sung, chưa cần ý kiến lãnh đạo.",
    "not_closed_by_rule": "Quy định đang áp dụng không cho kết thúc hồ sơ chỉ vì chưa bổ sung.",
    "answer_time_left": "Người nộp còn thời gian để bổ sung.",
    "step_cannot": "Quy trình của thủ tục không giao việc này cho bước hiện tại.",
    "opinions_open": "Còn chờ ý kiến phối hợp của {names}.",
    "children_open": "Còn hồ sơ liên thông chưa xong: {codes}.",
    "parts_unopened": "Chưa mở hồ sơ liên thông: {names}. Hãy mở ở bước này, bước sau không mở được nữa.",
    "is_child": "Đây là hồ sơ thành phần; việc này làm ở hồ sơ chính.",
    "opened": "Người nhận đã mở hồ sơ nên không thu hồi được nữa.",
    "apology_sent": "Đã xin lỗi và hẹn lại một lần; mỗi hồ sơ chỉ được hẹn lại một lần.",
    "no_slip": "Hồ sơ chưa được tiếp nhận nên chưa có giấy hẹn nào để cấp lại.",
    "no_apology": "Chưa có phiếu xin lỗi nào được soạn.",
}

MODES: Mapping[Mode, str] = {
    Mode.SCAN: "Ảnh chụp hoặc bản quét từ bản chính",
    Mode.DECLARED: "Khai thông tin, hoàn thiện khi nhận kết quả",
    Mode.SIGNED: "Tệp đã ký số",
    Mode.E_LICENCE: "Giấy phép, chứng từ điện tử",
    Mode.E_CERTIFIED: "Bản sao chứng thực điện tử",
}

FEE_CHANNELS: Mapping[FeeChannel, str] = {
    FeeChannel.COUNTER: "Trực tiếp tại bộ phận một cửa",
    FeeChannel.POST: "Nộp cho nhân viên bưu chính",
    FeeChannel.ONLINE: "Trực tuyến",
    FeeChannel.PLATFORM: "Qua nền tảng thanh toán của tỉnh",
    FeeChannel.POST_OFFICE: "Tại điểm bưu điện xã",
    FeeChannel.TRANSFER: "Chuyển qua bưu điện vào tài khoản của cơ quan",
}

COMPARED: Mapping[Compared, str] = {
    Compared.NOTHING: "không đối chiếu",
    Compared.ORIGINAL: "bản chính",
    Compared.ORIGINAL_OR_CERTIFIED: "bản chính hoặc bản sao có chứng thực",
    Compared.DECLARED_ONLY: "chỉ giấy tờ đã khai mà chưa nộp tệp",
}
