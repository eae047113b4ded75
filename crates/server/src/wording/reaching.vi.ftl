
## Lời nhắc đến tay người nhận

letter-heading = Công văn đôn đốc
letter-why = Công văn ghi những nhiệm vụ, báo cáo đã quá hạn của các đơn vị cấp dưới.
letter-by = Yêu cầu hoàn thành chậm nhất ngày
letter-write = Soạn công văn (DOCX)
letter-file = cong-van-don-doc
letter-about = đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn
letter-tasks = { $count } nhiệm vụ
letter-forms = { $count } báo cáo số liệu
letter-both = { $tasks } và { $forms }
letter-found = Qua theo dõi việc thực hiện nhiệm vụ được giao và chế độ báo cáo, tính đến ngày { $day } còn { $what } của { $units } đơn vị đã quá hạn mà chưa hoàn thành, cụ thể như sau:
letter-found-listed = Qua theo dõi việc thực hiện nhiệm vụ được giao và chế độ báo cáo, tính đến ngày { $day } còn { $what } của { $units } đơn vị đã quá hạn mà chưa hoàn thành (có danh sách kèm theo).
letter-ask = Để bảo đảm tiến độ chung, { $agency } đề nghị các đơn vị khẩn trương hoàn thành các nội dung trên và gửi kết quả chậm nhất là ngày { $day }. Đơn vị có khó khăn, vướng mắc thì báo cáo rõ nguyên nhân và thời gian hoàn thành để được xem xét, giải quyết.
letter-close = Đề nghị các đơn vị nghiêm túc thực hiện.
letter-listed-units = Các đơn vị có tên trong danh sách kèm theo
letter-as-above = Như trên
letter-list = Danh sách nhiệm vụ, báo cáo quá hạn
letter-number = TT
letter-unit = Đơn vị
letter-what = Nhiệm vụ, báo cáo
letter-deadline = Hạn
letter-days = Quá hạn (ngày)
letter-task-of = { $work } ({ $lead } chủ trì)
letter-form = { $form }, { $period }
letter-form-of = { $form }, { $period } ({ $units } chưa gửi)
letter-form-more = { $form }, { $period } ({ $units } và { $others } đơn vị khác chưa gửi)
letter-extended = { $first }, gia hạn đến { $day }
letter-left-out = Còn { $count } nội dung quá hạn khác chưa nêu trong danh sách này.
reaching-nobody-late = Không có đơn vị cấp dưới nào quá hạn, chưa cần công văn đôn đốc. Chọn đơn vị khác hoặc xem lại sau.
reaching-day-not-to-come = Hạn mới phải là một ngày sắp tới. Chọn từ ngày { $day } trở đi.
mail-sender = Nhắc việc
mail-subject = { $count } việc cần làm
mail-hello = Kính gửi { $name },
mail-found = Tính đến ngày { $day }, còn { $count } việc sau đây chưa xong:
mail-line = { $count ->
    [1] { $number }. { $about }: hạn { $day }, { $standing }
   *[other] { $number }. { $about }, { $count } đơn vị: hạn { $day }, { $standing }
}
mail-left-out = Còn { $count } việc khác không ghi ở đây.
mail-page = Xem tất cả việc cần làm: { $address }
mail-end = Thư gửi theo lịch nhắc. Muốn thôi nhận thư, xóa địa chỉ thư điện tử tại { $address }
mail-heading = Thư nhắc việc
mail-why = Có địa chỉ ở đây thì lời nhắc được gửi qua thư điện tử, mỗi đợt nhắc một thư. Để trống thì không gửi thư.
mail-address = Địa chỉ thư điện tử
mail-language = Ngôn ngữ của thư
mail-save = Lưu địa chỉ thư
delivery-heading = Lời nhắc đã gửi đi
delivery-first = chờ gửi
delivery-waiting = chưa gửi được, sẽ gửi lại lúc { $moment } ({ $answer ->
    [none] không nối được với { $receiver }
   *[other] mã { $answer }
})
delivery-sending = đang gửi từ { $moment }
delivery-arrived = { $receiver } đã nhận lúc { $moment }
delivery-refused = { $receiver } không nhận lúc { $moment }, xem lại địa chỉ ({ $answer ->
    [none] không nối được với { $receiver }
   *[other] mã { $answer }
})
delivery-given-up = thôi gửi sau 3 ngày ({ $answer ->
    [none] không nối được với { $receiver }
   *[other] mã { $answer }
})
delivery-needless = không còn cần gửi
deed-delivery-ended = Gửi lời nhắc
deed-mail-set = Đặt địa chỉ thư điện tử
thing-delivery = lần gửi lời nhắc { $id }
reaching-not-an-address = “{ $text }” không phải là địa chỉ thư điện tử. Ghi đủ tên, dấu @ và tên miền, như can.bo@nasam.gov.vn.
delivery-by-mail = máy chủ thư
delivery-by-hook = nơi nhận
hook-hello = Nhắc việc { $unit }
hook-of = { $unit }, webhook tại { $host }
hooks-heading = Gửi lời nhắc sang phần mềm khác (webhook)
hooks-why = Mỗi đợt nhắc, lời nhắc của đơn vị và các đơn vị bên dưới được gửi đến địa chỉ này dưới dạng JSON, kèm đoạn văn đăng được ngay vào nhóm trò chuyện. Phần mềm nhận kiểm tra chữ ký theo Standard Webhooks.
hooks-known = Đang gửi
hooks-none = Chưa gửi đến nơi nào.
hooks-new = Thêm nơi nhận
hook-address = Địa chỉ webhook
hook-address-hint = Bắt đầu bằng https://
hook-unit = Mã đơn vị
hook-unit-hint = Lời nhắc của đơn vị này và các đơn vị bên dưới
hook-make = Thêm webhook
hook-end = Thôi gửi
hook-end-of = Thôi gửi lời nhắc của { $unit } đến { $host }
hook-made = thêm lúc { $moment }
hook-nothing-yet = chưa có đợt nhắc nào
hook-newest = gần nhất: { $outcome }
hook-secret = Khóa ký
hook-secret-once = Chép khóa này vào phần mềm nhận ngay bây giờ. Khóa chỉ hiện một lần.
hook-address-made = Lời nhắc của { $unit } sẽ được gửi đến { $host }.
hooks-code-stale = Nhập lại mã dùng một lần trước khi thêm nơi nhận
deed-hook-made = Thêm webhook
deed-hook-ended = Thôi gửi đến webhook
thing-hook = webhook { $id }
noun-hook = webhook
committed-secret = khóa ký
reaching-no-web-address = “{ $text }” không phải là địa chỉ webhook. Chép nguyên địa chỉ mà phần mềm nhận đưa ra, bắt đầu bằng https://.
reaching-open-address = “{ $text }” gửi đi không mã hóa. Dùng địa chỉ bắt đầu bằng https://.
reaching-private-address = “{ $text }” dẫn vào mạng nội bộ. Dùng địa chỉ trên internet, hoặc nhờ người vận hành máy chủ mở quyền gửi vào mạng nội bộ.
reaching-too-many-hooks = Đơn vị đã có { $most } webhook. Thôi gửi đến một nơi không dùng nữa rồi thêm lại.
