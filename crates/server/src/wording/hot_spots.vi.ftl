
## Điểm nóng

hot-spots-heading = Điểm nóng
hot-spots-finding = { $count ->
    [0] Không có việc nào cần quyết định
   *[other] { $count } việc cần quyết định
}
hot-spots-none = Chưa việc nào chạm ngưỡng của các quy tắc.
hot-spot-behind = { $unit }: { $indicator } đạt { $value }, kế hoạch đến nay { $planned }, lệch { $percent }% ({ $period })
hot-spot-behind-others = { $count ->
   *[other] { $said }; { $count } đơn vị khác cũng vậy
}
hot-spot-overdue = { $lead }: “{ $work }” quá hạn { $days } ngày (hạn { $day })
hot-spot-overdue-many = { $count }/{ $of } đơn vị quá hạn “{ $work }” (hạn { $day }); lâu nhất là { $lead }, { $days } ngày
hot-spot-asked = { $lead } xin lùi hạn “{ $work }” đến { $day }, đã chờ { $days } ngày
hot-spot-asked-many = { $count } đơn vị xin lùi hạn “{ $work }”; chờ lâu nhất là { $lead }, { $days } ngày, xin đến { $day }
hot-spot-unconfirmed = { $lead } đã báo cáo xong “{ $work }” ngày { $day }, đã chờ xác nhận { $days } ngày
hot-spot-unconfirmed-many = { $count } đơn vị đã báo cáo xong “{ $work }” mà chưa được xác nhận; chờ lâu nhất là { $lead }, { $days } ngày, từ { $day }
hot-spot-missing = { $missing }/{ $expected } đơn vị chưa gửi { $form }, { $period } (hạn { $day })
hot-spot-unanswered = { $unit } nêu khó khăn “{ $trouble }” chưa được trả lời, quá hạn { $days } ngày (hạn { $day })
hot-spot-plans = { $missing }/{ $expected } đơn vị chưa ban hành kế hoạch triển khai { $directive }, quá hạn { $days } ngày (hạn { $day })
hot-spot-owner = Chịu trách nhiệm: { $owner }
hot-spot-give = Giao xử lý
hot-spot-look = Xem và xử lý
hot-spot-answer = Trả lời
hot-spot-confirm = Xác nhận
hot-spot-urge = Đôn đốc
hot-spot-why = Vì sao
hot-spot-because = Quy tắc “{ $rule }”: từ { $least } trở lên; việc này { $measure }. Trọng số { $weight }, điểm { $score }.
hot-spot-days = { $count ->
   *[other] { $count } ngày
}
hot-spot-percent = { $count }%
hot-spot-rules = Quy tắc chọn điểm nóng
hot-spot-rules-why = Việc nào chạm ngưỡng thì được tính điểm: trọng số nhân với số lần vượt ngưỡng. Bảy việc cao điểm nhất được nêu, mỗi loại không quá số đã đặt. Mỗi lần đổi quy tắc đều ghi vào sổ cái.
hot-spots-look-only = Quy tắc này dùng chung cho toàn hệ thống nên ở đây bạn chỉ xem được. Người lập kế hoạch cho toàn hệ thống mới sửa được.
hot-spot-rule-behind = Chỉ tiêu lệch so với kế hoạch
hot-spot-rule-overdue = Nhiệm vụ quá hạn
hot-spot-rule-time-asked = Xin lùi hạn chưa trả lời
hot-spot-rule-unconfirmed = Báo cáo xong chưa xác nhận
hot-spot-rule-missing = Thiếu báo cáo số liệu quanh ngày hạn
hot-spot-rule-unanswered = Khó khăn quá hạn chưa trả lời
hot-spot-rule-plans = Kế hoạch triển khai quá hạn chưa ban hành
hot-spot-least-percent = Từ bao nhiêu phần trăm
hot-spot-least-days = Từ bao nhiêu ngày
hot-spot-within = Trước và sau hạn bao nhiêu ngày
hot-spot-weight = Trọng số
hot-spot-weight-hint = 0 là không dùng quy tắc này.
hot-spot-most = Nêu nhiều nhất mấy việc
hot-spot-save = Lưu quy tắc
deed-hot-spots-changed = Đổi quy tắc điểm nóng
thing-hot-spots = quy tắc điểm nóng { $id }
