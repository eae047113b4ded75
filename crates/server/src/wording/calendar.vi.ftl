
## Lịch riêng

calendar-heading = Lịch hạn công việc
calendar-why = Ứng dụng lịch trên điện thoại hoặc máy tính tự lấy hạn của các nhiệm vụ đang chờ bạn xử lý. Việc xong rồi thì tự rời khỏi lịch.
calendar-set-up = Đưa vào lịch của tôi
calendar-none = Chưa có địa chỉ lịch.
calendar-made = Đang dùng địa chỉ lập { $moment }.
calendar-make = Lập địa chỉ lịch
calendar-make-again = Lập địa chỉ khác, bỏ địa chỉ cũ
calendar-end = Bỏ địa chỉ lịch
calendar-address = Địa chỉ lịch của bạn
calendar-once = Địa chỉ chỉ hiện một lần. Ai có địa chỉ này đều đọc được tên và hạn nhiệm vụ của bạn, nên đừng gửi cho người khác.
calendar-open = Mở bằng ứng dụng lịch
calendar-how = Hoặc chép địa chỉ, rồi dán vào mục thêm lịch từ URL của ứng dụng lịch.
calendar-name = Hạn nhiệm vụ của { $name }
calendar-detail = Chủ trì: { $lead }. Sản phẩm: { $product }
entrance-calendar-over = Địa chỉ lịch này đã bỏ. Vào trang Tài khoản, mục Lịch hạn công việc, để lập địa chỉ khác.
deed-calendar-made = Lập địa chỉ lịch
deed-calendar-ended = Bỏ địa chỉ lịch
