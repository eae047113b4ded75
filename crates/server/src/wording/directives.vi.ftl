
# Văn bản chỉ đạo
directives-heading = Văn bản chỉ đạo
directives-found = { $count ->
   *[other] { $count } văn bản chỉ đạo, { $current } văn bản đang có hiệu lực
}
directives-none = Chưa có văn bản chỉ đạo nào
directives-nothing = Không có văn bản nào khớp. Thử từ khác, hoặc xem tất cả.
directives-tree = Theo cấp chỉ đạo
directives-by-date = Mới nhất trước
directives-text = Tìm trong số, ký hiệu và trích yếu
directives-new = Nhập văn bản
directives-below-new = Nhập văn bản triển khai
directives-edit = Sửa
directives-edit-heading = Sửa văn bản { $number }
directives-write-why = Văn bản nhập ở đây làm căn cứ giao nhiệm vụ và chỉ tiêu. Không nhập văn bản có dấu Mật, Tối mật, Tuyệt mật.
directives-save = Lưu
directives-all = Tất cả văn bản
directives-saved = Đã lưu văn bản.
directive-number = Số, ký hiệu
directive-number-hint = Ghi như trên văn bản, ví dụ 15-KH/TU
directive-kind = Loại văn bản
directive-kind-hint = Chỉ thị, Kết luận, Nghị quyết, Kế hoạch, Công văn…
directive-issuer = Cơ quan ban hành
directive-issuer-en = Cơ quan ban hành (tiếng Anh)
directive-date = Ngày ban hành
directive-title = Trích yếu
directive-title-en = Trích yếu (tiếng Anh)
directive-from = Thực hiện từ ngày
directive-to = Thực hiện đến hết ngày
directive-term = Thời gian thực hiện
directive-term-within = từ { $from } đến hết { $to }
directive-term-from = từ { $from }
directive-term-to = đến hết { $to }
directive-implements = Triển khai văn bản
directive-replaces = Thay thế văn bản
directive-amends = Sửa đổi, bổ sung văn bản
directive-replaced-by = Được thay thế bằng
directive-amended-by = Được sửa đổi, bổ sung bằng
directive-no-other = Không có
directive-coming = thực hiện từ { $day }
directive-in-force = đang có hiệu lực
directive-ended = hết hiệu lực từ sau { $day }
directive-replaced = đã thay bằng { $number }
directive-below = Văn bản triển khai
directive-below-none = Chưa có văn bản nào triển khai văn bản này.
directive-priorities = Nội dung đột phá
directive-tasks = Nhiệm vụ
directive-tasks-none = { $unit } và các đơn vị trực thuộc chưa có nhiệm vụ nào từ văn bản này.
directive-tasks-some = { $count ->
   *[other] { $unit } và các đơn vị trực thuộc có { $count } nhiệm vụ từ văn bản này, { $late } nhiệm vụ quá hạn
}
directive-tasks-new = Giao nhiệm vụ từ văn bản này
directing-secret = Văn bản có dấu “{ $mark }” không được đưa vào hệ thống này. Bỏ nội dung này ra và lưu văn bản theo quy định về bảo vệ bí mật nhà nước. Nếu văn bản không mật mà chỉ nhắc đến từ này thì viết khác đi.
directing-circle = Các văn bản dẫn vòng quanh nhau: { $numbers }. Chọn văn bản khác.
directing-ends-before-beginning = Ngày kết thúc trước ngày bắt đầu { $day }. Chọn từ ngày đó trở đi.
directing-number-taken = Cơ quan này đã có văn bản số { $number } cùng năm. Mở văn bản đó để sửa, hoặc kiểm tra lại số.
directing-too-long = Nội dung dài quá { $most } ký tự. Viết gọn lại.
directing-changed-meanwhile = Người khác đã sửa văn bản này sau khi bạn mở trang. Nội dung bạn nhập vẫn còn nguyên dưới đây, bên cạnh là nội dung đang lưu. So lại từng ô, rồi bấm Lưu để ghi nội dung trong các ô.
directing-saved-meanwhile = Đang lưu: { $text }
directing-emptied-meanwhile = Đang lưu: để trống
secrecy-secret = Mật
secrecy-top-secret = Tối mật
secrecy-ultra-secret = Tuyệt mật
deed-directive-entered = Nhập văn bản chỉ đạo
deed-directive-changed = Sửa văn bản chỉ đạo
