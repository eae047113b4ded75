
## Kết quả theo người đứng đầu

heads-heading = Kết quả theo người đứng đầu
heads-finding = { $period }, { $unit } và cấp dưới trực tiếp: { $in_time }/{ $due } nhiệm vụ đến hạn đã xong đúng hạn
heads-nothing-due = { $period }, { $unit } và cấp dưới trực tiếp: chưa có nhiệm vụ nào đến hạn
heads-no-grade = Đây là số đếm để người có thẩm quyền xem xét; hệ thống không chấm điểm, không xếp loại ai.
heads-hint = Tính trên nhiệm vụ có hạn trong kỳ, đã đến hạn hoặc đã báo hoàn thành; không tính nhiệm vụ tạm dừng hoặc đã hủy. Đúng hạn tính theo ngày báo hoàn thành, so với hạn đang có hiệu lực và so với hạn giao lần đầu. Nhiệm vụ của đơn vị đã sáp nhập tính cho đơn vị tiếp nhận.
heads-who = Đơn vị, người chủ trì
heads-among = trong đó
heads-person = Người chủ trì
heads-assigned = Giao trong kỳ
heads-due = Đến hạn
heads-in-time = Đúng hạn
heads-in-first-time = Đúng hạn giao đầu
heads-late = Xong chậm
heads-overdue = Quá hạn chưa xong
heads-extended = Được gia hạn
heads-returned = Số lần phải làm lại
heads-workbook = Tải Excel
heads-results = Chỉ tiêu giao cho { $unit }
heads-results-sheet = Chỉ tiêu
heads-no-results = Không có chỉ tiêu nào giao cho đơn vị này trong kỳ.
heads-as-of = { $unit }, { $period }, tính đến ngày { $day }
heads-value = Kết quả
heads-target = So với chỉ tiêu
heads-status = Đánh giá theo lộ trình
