
## Đôn đốc

urging-heading = Đôn đốc
urging-finding = Cần đôn đốc hôm nay: { $what }
urging-nothing = Không có việc nào phải đôn đốc hôm nay
urging-copy = Tin nhắn để gửi nhóm
urging-message = Đề nghị các đơn vị khẩn trương thực hiện (tính đến ngày { $day }):
urging-message-line = { $number }. { $lead }: { $work } – hạn { $day }, { $standing }.
urging-log = Đã nhắc những ai
urging-none = Chưa có lời nhắc nào.
urging-older = Xem lời nhắc cũ hơn
urging-gone = việc không còn nữa
urging-to-lead = { $others ->
    [0] nhắc { $unit }
   *[other] nhắc { $unit } và { $others } đơn vị khác
}
urging-to-superior = { $others ->
    [0] báo { $unit } vì đơn vị được giao vẫn chậm
   *[other] báo { $unit } về những đơn vị còn chậm
}
urging-helped = { $helped }/{ $count } đã gửi
urging-on-the-day = đúng ngày đến hạn
urging-before = trước hạn { $days } ngày
urging-after = quá hạn { $days } ngày
urging-when = { $moment }, { $offset } (hạn { $day })
urging-open = chưa xong
urging-closed = không còn phải làm
urging-sent = đã gửi báo cáo
urging-done = xong ngày { $day }
urging-policies = Lịch nhắc
urging-policies-why = Mỗi việc được nhắc một lần vào mỗi ngày trong lịch, ngoài giờ nghỉ. Máy tắt vài ngày thì chỉ nhắc lần mới nhất.
urging-of-tasks = Nhắc nhiệm vụ
urging-of-submissions = Nhắc báo cáo số liệu
urging-of-difficulties = Nhắc trả lời khó khăn, vướng mắc
urging-offsets = Những ngày nhắc, tính từ hạn
urging-offsets-hint = Số âm là trước hạn, 0 là đúng hạn: -7, -3, -1, 0, 1, 3
urging-every = Sau ngày cuối, cứ mấy ngày nhắc lại
urging-escalates = Quá hạn mấy ngày thì báo cấp giao
urging-lasts = Nhắc đến bao nhiêu ngày sau hạn
urging-quiet-from = Không gửi từ mấy giờ
urging-quiet-until = Gửi lại từ mấy giờ
urging-quiet-hint = Việc đến ngày nhắc trong khoảng này được nhắc ngay khi hết giờ nghỉ. Ghi hai giờ giống nhau thì giờ nào cũng nhắc.
urging-channels = Ngoài trang Việc của tôi, gửi thêm
urging-by-mail = Thư điện tử
urging-by-hook = Webhook
urging-roles = Chỉ gửi thư cho người giữ vai trò
urging-roles-hint = Không đánh dấu vai trò nào thì gửi cho mọi người có việc phải làm.
urging-off = Không nhắc việc này nữa
urging-look-only = Lịch nhắc dùng chung cho toàn hệ thống nên ở đây bạn chỉ xem được. Người lập kế hoạch cho toàn hệ thống mới sửa được.
urging-save = Lưu lịch nhắc
deed-urged = Nhắc việc
deed-urging-changed = Đổi lịch nhắc
thing-urging = đợt nhắc { $id }
