
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
letter-kept = Lưu: VT
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
