## Số và ngày

money = { $amount } đồng
moment = { $time } ngày { $day }
period-week = tuần { $number } năm { $year }
period-quarter = quý { $number }/{ $year }
period-first-half = 6 tháng đầu năm { $year }
period-second-half = 6 tháng cuối năm { $year }
period-nine-months = 9 tháng đầu năm { $year }
period-year = năm { $year }
period-years = giai đoạn { $from }–{ $to }
period-span = từ { $from } đến hết { $to }
period-with-days = { $period } (từ ngày { $first } đến ngày { $last })
frequency-daily = hằng ngày
frequency-weekly = hằng tuần
frequency-monthly = hằng tháng
frequency-quarterly = hằng quý
frequency-half-yearly = 6 tháng
frequency-yearly = hằng năm

## Cụm từ trong báo cáo

target-share = đạt { $share } chỉ tiêu
target-share-year = đạt { $share } chỉ tiêu năm
target-is = chỉ tiêu { $value }
no-target = chưa giao chỉ tiêu
time-passed = đã qua { $share } thời gian
against-last-year = { $change } so với cùng kỳ năm trước
same-as-last-year = bằng cùng kỳ năm trước
no-figure-last-year = chưa có số liệu cùng kỳ
nothing-last-year = cùng kỳ không phát sinh
against-span = { $change } so với { $span }
same-as-span = bằng { $span }
no-figure-in-span = chưa có số liệu { $span }
nothing-in-span = { $span } không phát sinh
not-below-span = không thấp hơn { $span }
not-above-span = không cao hơn { $span }
about-span = xấp xỉ { $span }
level-against-last-year = bằng { $share } so với cùng kỳ
points = { $points } điểm phần trăm
change-up = tăng { $by }
change-down = giảm { $by }
change-none = bằng cùng kỳ
change-not-below = không thấp hơn cùng kỳ
change-not-above = không cao hơn cùng kỳ
change-about-none = xấp xỉ cùng kỳ
change-unclear = chưa đủ chính xác để so sánh
coverage = { $count } { $measure } (đạt { $share })
coverage-beside = { $measure } (đạt { $share })
since-new-year = lũy kế từ đầu năm: { $counted }
since-year = từ năm { $year } đến nay: { $counted }
units-missing-some = { $missing }/{ $expected } đơn vị còn thiếu kỳ báo cáo
units-missing = { $missing }/{ $expected } đơn vị chưa báo cáo
units-complete = { $expected }/{ $expected } đơn vị đã báo cáo
nobody-asked = không đơn vị nào phải báo cáo
nothing-occurred = chưa có phát sinh
not-reported = chưa báo cáo
citation-state = { $kind } số { $number } ngày { $day } của { $issuer }
citation-party = { $kind } số { $number }, ngày { $day } của { $issuer }
citation-undated = { $kind } số { $number } của { $issuer }

## Phát hiện chính, đứng đầu mỗi trang

finding = { $name }: { $said }
finding-on-track = { $good } trong { $all } nội dung đột phá đúng lộ trình
finding-behind-by = { $name } chậm { $lag } so với lộ trình
finding-behind = { $name } chậm so với lộ trình
finding-no-data = { $count } nội dung chưa có số liệu
finding-no-priorities = Chưa có nội dung đột phá nào
finding-nothing-owed = Trong kỳ này không có báo cáo nào phải gửi
finding-forms-complete = Đã nhận đủ { $expected } báo cáo số liệu phải gửi
finding-forms-missing = Còn thiếu { $missing } trong { $expected } báo cáo số liệu phải gửi

## Tình trạng và tính chất của chỉ tiêu

status-met = đạt chỉ tiêu
status-on-track = đúng lộ trình
status-behind = chậm
status-far-behind = chậm nhiều
status-no-data = chưa có số liệu
status-not-judged = chỉ theo dõi
direction-up = càng cao càng tốt
direction-down = càng thấp càng tốt
direction-plan = theo kế hoạch, không phải càng nhiều càng tốt
direction-exact = đúng bằng chỉ tiêu giao
direction-none = chỉ đếm, không đánh giá và không xếp hạng
publicity-public = công khai đến từng đơn vị
publicity-public-totals = chỉ công khai số tổng
publicity-internal = nội bộ các cơ quan
publicity-restricted = chỉ người có thẩm quyền
aggregate-sum = cộng
aggregate-mean = bình quân
aggregate-min = nhỏ nhất
aggregate-max = lớn nhất
aggregate-last = số cuối kỳ
aggregate-first = số đầu kỳ
aggregate-count = đếm
aggregate-none = không tổng hợp
periods-spans = Nhiều kỳ
periods-years = Năm
periods-parts-of-years = 6 tháng, 9 tháng
periods-quarters = Quý
periods-months = Tháng
periods-weeks = Tuần
periods-days = Ngày
data-until = phần lớn báo cáo có đến hết { $period }
view-reported = theo đơn vị tại thời điểm báo cáo
view-restated = quy về đơn vị ngày { $day }
view-of-its-time = đơn vị không còn vào ngày { $day }, số liệu theo đơn vị tại thời điểm báo cáo
no-value-zero-denominator = không tính được: mẫu số bằng 0
no-value-period-too-short = số liệu thu thập thưa hơn kỳ này
no-value-not-aggregated = không cộng được giữa các đơn vị
no-value-broken-series = chuỗi bị gián đoạn: chưa quyết định cách chia số liệu của { $units }{ $more ->
        [0] {""}
       *[other] {" "}và { $more } đơn vị khác
    }
no-value-unit-not-in-force = khi đó không có đơn vị này
no-value-overflow = số quá lớn, không cộng được

## Nơi có lỗi

place-file = tệp { $file }
place-sheet = trang tính { $sheet }
place-row = hàng { $row }
place-column = cột { $column }
refused-at = { $place }: { $why }
at-character = ký tự thứ { $place }: { $problem }

## Tên gọi

noun-unit = đơn vị
noun-level = cấp đơn vị trực thuộc
noun-item = chỉ số thu thập
noun-indicator = chỉ tiêu
noun-form = biểu mẫu
noun-rule = quy tắc kiểm tra
noun-priority = nội dung đột phá
noun-directive = văn bản chỉ đạo
noun-template = mẫu báo cáo
noun-submission = báo cáo số liệu
noun-figure = số liệu
noun-file = tệp
level-province = tỉnh, thành phố
level-district = huyện
level-commune = xã, phường, thị trấn
level-village = thôn, khu phố

## Lý do chưa nhận

refusal-not-found = Không có { $noun } “{ $key }”. Kiểm tra lại mã.
refusal-doubled = Mã { $noun } “{ $key }” ghi hai lần. Giữ lại một dòng.
refusal-file-not-opened = Không mở được tệp ({ $detail }). Kiểm tra đường dẫn và quyền đọc tệp.
refusal-unknown-file-kind = Chưa đọc được loại tệp “{ $ending }”. Lưu lại thành .csv hoặc .xlsx.
refusal-empty-file = Tệp trống. Chọn tệp có số liệu.
refusal-not-utf8 = Chữ trong tệp không theo bảng mã UTF-8. Khi lưu, chọn “CSV UTF-8”.
refusal-broken-text = Tệp CSV bị hỏng ({ $detail }). Mở tệp bằng bảng tính rồi lưu lại.
refusal-missing-column = Thiếu cột “{ $column }”. Thêm cột này vào dòng tiêu đề.
refusal-doubled-column = Cột “{ $column }” có hai lần. Giữ lại một cột.
refusal-wrong-column-count = Dòng có { $found } ô, dòng tiêu đề có { $expected } ô. Ghi lại dòng này cho đủ ô.
refusal-too-large = Quá lớn: tối đa { $limit } { $what }. Chia tệp thành nhiều phần.
refusal-not-a-workbook = Đây không phải bảng tính Excel, dù tên tệp ghi như vậy. Mở tệp rồi lưu lại thành .xlsx.
refusal-old-workbook = Bảng tính của Excel đời cũ (.xls). Mở tệp rồi lưu lại thành .xlsx.
refusal-encrypted-workbook = Bảng tính đang khóa bằng mật khẩu. Bỏ mật khẩu rồi gửi lại.
refusal-damaged-workbook = Bảng tính bị hỏng ({ $detail }). Mở tệp rồi lưu lại thành tệp mới.
refusal-reader-stopped = Đọc tệp quá lâu hoặc tốn quá nhiều bộ nhớ nên đã dừng. Xóa các trang tính và hàng cột thừa.
refusal-bad-value = “{ $text }”: ở đây cần ghi { $wanted }.
refusal-not-a-number = “{ $text }” không phải là số. Ghi số, hoặc để trống nếu chưa có số liệu.
refusal-ambiguous-number = “{ $text }” có thể hiểu là { $one } hoặc { $other }. Ghi lại một trong hai số.
refusal-too-many-decimals = “{ $text }” có quá nhiều chữ số thập phân. Chỉ ghi tối đa { $decimals } chữ số sau dấu phẩy.
refusal-number-too-large = “{ $text }” có quá nhiều chữ số. Kiểm tra lại số này.
refusal-not-a-count = “{ $text }” là tỷ lệ. Ở đây ghi số lượng; tỷ lệ do máy tính.
refusal-below-minimum = “{ $text }”: chỉ số { $item } chỉ nhận số từ { $minimum } trở lên. Ghi lại số này.
refusal-out-of-bounds = “{ $text }”: chỉ số { $item } chỉ nhận số từ { $minimum } đến { $maximum }. Ghi lại số này.
refusal-formula-cell = Ô này chứa công thức “{ $text }”. Ghi số vào ô.
refusal-error-cell = Ô này đang báo lỗi { $text }. Sửa trong bảng tính rồi gửi lại.
refusal-unknown-unit = Không có đơn vị mã { $code }. Kiểm tra lại mã đơn vị.
refusal-unknown-unit-on = Ngày { $day } không có đơn vị mã { $code }. Kiểm tra lại mã hoặc kỳ số liệu.
refusal-unknown-unit-name = { $above } không có đơn vị tên “{ $name }”. Kiểm tra lại tên, hoặc ghi mã đơn vị.
refusal-ambiguous-unit-name = Có nhiều đơn vị tên “{ $name }” (mã { $codes }). Ghi mã đơn vị.
refusal-no-unit-on-sheet = Trang tính không ghi là của đơn vị nào. Ghi tên hoặc mã đơn vị vào tiêu đề.
refusal-no-period-on-sheet = Trang tính không ghi là của kỳ nào. Ghi kỳ vào tiêu đề, ví dụ “tháng 3/2022”.
refusal-no-items-on-sheet = Không thấy cột nào là chỉ số thu thập. Ghi tên hoặc mã chỉ số ở đầu cột.
refusal-two-periods-on-sheet = Tên trang tính ghi { $tab }, tiêu đề ghi { $title }. Sửa cho khớp.
refusal-no-unit-in-row = Hàng có số liệu nhưng không ghi đơn vị nào. Ghi tên hoặc mã đơn vị.
refusal-unknown-class = Chỉ số { $item } không có phân tổ “{ $class }”. Các phân tổ của chỉ số này: { $known }.
refusal-period-mismatch = Chỉ số { $item } thu thập { $frequency }, không ghi được cho { $period }.
refusal-period-not-begun = Chưa đến { $period } (bắt đầu ngày { $first }) nên chưa thể có số liệu. Kiểm tra lại kỳ.
refusal-not-asked = Không biểu mẫu nào yêu cầu đơn vị { $unit } báo cáo chỉ số { $item }. Kiểm tra lại mã.
refusal-contradictory-figure = Chỉ số { $item } của đơn vị { $unit }, { $period } đã ghi khác ở { $place }. Giữ lại một số.
refusal-classes-do-not-add-up = Chỉ số { $item } của đơn vị { $unit }: các phân tổ cộng lại là { $sum }, số chung ghi { $whole }. Sửa cho khớp.
refusal-rule-broken = { $message } (quy tắc { $rule }; đơn vị { $unit }, { $period }: { $values }). Sửa số cho khớp.
refusal-item-not-on-form = Biểu mẫu { $form } không có chỉ số { $item }. Quy tắc kiểm tra chỉ dùng chỉ số của chính biểu mẫu đó.
refusal-rule-looks-beyond = Quy tắc kiểm tra không dùng được “{ $part }”. Chỉ so các chỉ số của cùng đơn vị, cùng kỳ.
refusal-template-text = “{ $text }”: { $problem }.
refusal-template-bound = Mẫu báo cáo { $template } chỉ viết cho { $unit } (mã { $code }), { $period }. Bỏ trống đơn vị và kỳ thì lấy theo mẫu.
refusal-template-bound-instead = Mẫu báo cáo { $template } chỉ viết cho { $unit } (mã { $code }), { $period }. Bỏ trống đơn vị và kỳ thì lấy theo mẫu; cho đơn vị hoặc kỳ khác, dùng mẫu chung { $general }.
refusal-template-needs-unit-and-period = Mẫu báo cáo { $template } dùng chung cho mọi đơn vị, mọi kỳ. Thêm --unit và --period.
refusal-template-half-bound = Mẫu chỉ viết cho một đơn vị và một kỳ thì phải ghi cả unit_code và period; còn thiếu { $lacking }. Ghi thêm, hoặc bỏ cả hai để thành mẫu chung.
refusal-formula = Công thức “{ $source }”: { $problem }.
refusal-broken-toml = Không đọc được tệp TOML ({ $detail }). Sửa tại chỗ đã nêu.
refusal-crosswalk-without-day = Bảng chuyển đổi đơn vị chưa có ngày và văn bản. Thêm --date và --instrument.
refusal-target-version-exists = Chỉ tiêu { $indicator } của đơn vị { $unit } đã có bản ngày { $day }. Ghi ngày khác cho lần điều chỉnh.

limit-file-bytes = byte một tệp
limit-rows = hàng
limit-columns = cột
limit-cells = ô
limit-field-characters = ký tự một ô
limit-sheets = trang tính
limit-refusals = lỗi được liệt kê
wanted-day = một ngày, ví dụ 1/7/2025
wanted-period = mã kỳ, ví dụ 2022-03
wanted-code = mã, không có dấu cách
wanted-name = tên
wanted-whole-or-part = whole (toàn bộ) hoặc part (một phần)
wanted-share = một phần từ 0 đến 1, hoặc tỷ lệ phần trăm
wanted-change = loại sắp xếp: establish, rename, recode, move, merge, split hoặc dissolve
wanted-qualifier = mức độ chính xác: đúng bằng, trên, dưới hoặc khoảng
wanted-known-code = một mã trong danh sách ghi ở tệp README của gói mẫu
wanted-number = một số
wanted-figure-key = tên số liệu gồm chữ không dấu, chữ số và dấu gạch dưới, khác unit, parent và report
wanted-figure-span = mã kỳ, hoặc report, year, year_to_date, last_month, last_quarter
wanted-comparison = mã kỳ, hoặc year_before, previous
wanted-list = results, behind hoặc missing
wanted-maximum = một số không nhỏ hơn số ở cột minimum

## Lỗi trong công thức và văn bản mẫu

formula-empty = chưa ghi công thức
formula-too-long = dài { $characters } ký tự, tối đa { $limit }
formula-too-deep = lồng nhau quá { $limit } tầng
formula-unexpected-character = không dùng ký tự “{ $found }” trong công thức
formula-number-too-large = số quá lớn
formula-too-many-decimals = số có hơn { $decimals } chữ số thập phân
formula-unexpected = gặp “{ $found }”, ở đây cần { $expected }
formula-unexpected-end = công thức hết sớm, ở đây còn cần { $expected }
formula-chained-comparison = không so sánh nối tiếp được; viết hai phép so sánh với “and” ở giữa
formula-unknown-function = không có hàm “{ $name }”
formula-wrong-argument-count = hàm { $function } cần { $least } giá trị, đang ghi { $found }
formula-bad-offset = chỉ lùi được từ 1 đến { $limit } kỳ
formula-unknown-item = không có chỉ số thu thập “{ $code }”
formula-number-wanted = ở đây cần một số, không phải điều kiện
formula-condition-wanted = ở đây cần một điều kiện, không phải số
expected-operand = số, chỉ số hoặc hàm
expected-operator-or-end = phép tính, hoặc hết công thức
expected-opening-parenthesis = dấu mở ngoặc
expected-closing-parenthesis = dấu đóng ngoặc
expected-comma-or-closing-parenthesis = dấu phẩy hoặc dấu đóng ngoặc
expected-item-code = mã chỉ số
expected-class-code = mã phân tổ
expected-closing-bracket = dấu đóng ngoặc vuông
expected-level = tên cấp đơn vị
text-unclosed-brace = dấu ngoặc nhọn chưa đóng
text-unopened-brace = dấu ngoặc nhọn đóng mà chưa mở; muốn in dấu này thì viết hai lần
text-no-key = giữa hai ngoặc nhọn chưa có tên số liệu
text-bad-key = tên số liệu không dùng ký tự “{ $found }”
text-unknown-form = không có cách in “{ $form }”
text-unknown-key = mẫu báo cáo chưa khai số liệu “{ $key }”
text-unknown-name = không có tên thay thế “{ $name }”; các tên dùng được có ở tệp README của gói mẫu
text-not-in-head = phần đầu văn bản không ghi được số liệu “{ $name }”
text-not-compared = số liệu “{ $key }” chưa khai kỳ so sánh (compared_with)

## Khung trang

skip = Đến nội dung chính
sample-mark = Số liệu mẫu
nav-label = Các mục chính
nav-overview = Tổng quan
nav-units = Đơn vị
nav-reports = Báo cáo
nav-about = Giới thiệu
search-label = Tìm đơn vị hoặc chỉ tiêu
search-hint = Tìm đơn vị, chỉ tiêu
search-button = Tìm
other-language = English
crumbs-label = Đơn vị cấp trên
frame-as-of = Số liệu đến lần nhập thứ { $import }, { $moment }
choose-period = Kỳ
choose-view = Cách xem
show = Xem

## Lỗi

not-found-heading = Không tìm thấy
not-found-page = Địa chỉ này không dẫn đến trang nào.
not-found-next = Kiểm tra lại địa chỉ, hoặc tìm tên đơn vị, chỉ tiêu ở ô tìm kiếm.
refused-heading = Chưa mở được trang này
fault-heading = Lỗi của máy chủ
fault-safe = Số liệu đã nhập vẫn nguyên vẹn; chỉ trang này chưa hiện được.
fault-next = Tải lại trang sau một phút. Nếu vẫn lỗi, báo cho người quản trị số lỗi dưới đây.
fault-number = Số lỗi:

## Tổng quan

priority = Nội dung đột phá
owner = Phụ trách:
where-from = Số này từ đâu?
lagging-units = Đơn vị chậm nhất
who-is-missing = Đơn vị nào còn thiếu?

## Biểu đồ

chart-result = Thực hiện
chart-target = Chỉ tiêu
chart-planned = Lộ trình
chart-time = Thời gian đã qua
course-running = { $measure }, lũy kế, { $from } – { $to }
course-own = { $measure }, từng kỳ, { $from } – { $to }
chart-marks = Chấm rỗng: còn đơn vị chưa báo cáo.
see-table = Xem bảng

## Chỉ tiêu

by-unit-and-period = Theo đơn vị và theo kỳ
not-ranked = không xếp hạng
copy-table = Chép bảng
copied = Đã chép, dán được vào Excel
unit = Đơn vị
target = Chỉ tiêu giao
share-of-target = So với chỉ tiêu
status = Tình trạng
reported-units = Đã báo cáo
total = Cộng
rows-not-asked = Không nêu { $count } đơn vị không phải báo cáo chỉ tiêu này.
table-marks = “–”: chưa có số liệu, không phải bằng 0. “°”: còn đơn vị chưa báo cáo. Vạch đậm: chỉ tiêu; vạch mảnh: lộ trình.
definition = Chỉ tiêu này là gì
formula = Công thức
measure = Đơn vị tính
direction = Chiều đánh giá
frequency = Kỳ theo dõi
publicity = Mức công khai
target-source = Văn bản giao chỉ tiêu
counting-rule = Cách đếm
indicators = Chỉ tiêu

## Đơn vị

found-some = { $count } kết quả cho “{ $text }”
found-nothing = Không có đơn vị hay chỉ tiêu nào khớp “{ $text }” ({ $count })
found-nothing-hint = Gõ một phần tên, có dấu hay không dấu đều được, hoặc gõ mã.
unit-finding = { $unit }: { $good } trong { $all } chỉ tiêu đúng lộ trình, { $behind } chỉ tiêu chậm
unit-finding-none = { $unit }: chưa có chỉ tiêu nào được đánh giá trong kỳ này
common-indicators = Chỉ tiêu chung
overview-of-unit = Tổng quan của đơn vị này
history = Tên gọi và sắp xếp qua các thời kỳ
since-ever = từ trước đến nay
since-day = từ ngày { $from }
until-day = đến hết ngày { $to }
from-to-day = từ ngày { $from } đến hết ngày { $to }
carried-whole = chuyển toàn bộ
carried-part = chuyển một phần
predecessors = Hình thành từ
heirs = Đơn vị kế thừa

## Nguồn gốc số liệu

provenance-of = Nguồn gốc số liệu: { $name }
see-indicator = Xem chỉ tiêu
how-computed = Cách tính
item = Chỉ số thu thập
made-of = Gồm số liệu của
figure = Số liệu
reported-by-unit = Đơn vị này đã báo cáo
period = Kỳ
value = Giá trị
place-in-file = Nơi ghi
arrived = Nhận lúc
note = Ghi chú
arrival = lần { $revision }, { $moment }
source-submissions = { $count } báo cáo số liệu
files = Các tệp nguồn
figures = Số liệu trong báo cáo
left-empty = Các ô để trống
revisions = Các lần gửi
submission-finding = { $unit } báo cáo { $count } số liệu { $period }{ $missing ->
        [0] {""}
       *[other] , để trống { $missing } ô
    }

## Báo cáo

no-reports = Chưa có mẫu báo cáo. Nhập một gói mẫu có mẫu báo cáo.
reports-about = { $unit }, { $period }
reports-bound = Báo cáo viết riêng cho một đơn vị và một kỳ
reports-hint = Báo cáo lấy số liệu của đơn vị và kỳ đang xem. Muốn lập cho đơn vị khác, tìm đơn vị đó rồi trở lại mục này.
report-links = Bấm vào một số để xem nguồn gốc. Khi in, trang này theo thể thức văn bản, khổ A4.

## Giới thiệu

about-heading = dotpha: kết quả thực hiện nội dung đột phá, kiểm tra được đến từng số
about-what = Đơn vị cơ sở báo cáo ít số liệu; dotpha cộng theo cây đơn vị, so với chỉ tiêu và lộ trình, nêu nơi chậm, và viết báo cáo trong đó mỗi số dẫn được về tệp, hàng, cột đã ghi.
about-statuses = Năm tình trạng, và số liệu chỉ theo dõi
about-met = đã đạt hoặc vượt chỉ tiêu giao
about-on-track = từ { $share } lộ trình trở lên (mức do gói mẫu quy định)
about-behind = dưới mức đó, từ { $share } lộ trình trở lên
about-far-behind = dưới { $share } lộ trình
about-no-data = chưa có số liệu; không bao giờ coi là đạt
about-not-judged = chỉ đếm, hoặc chưa giao chỉ tiêu; không đánh giá, không xếp hạng
about-rules = Cách đọc số liệu
about-rule-completeness = Bên cạnh mỗi số tổng luôn có số đơn vị chưa báo cáo. Thiếu số liệu không phải bằng 0.
about-rule-bounds = “Hơn”, “trên”, “dưới”, “khoảng” được giữ nguyên qua mọi phép cộng; không in thành số chính xác.
about-rule-points = Tỷ lệ tăng, giảm tính bằng điểm phần trăm; số lượng tăng, giảm tính bằng phần trăm.
about-rule-views = Số liệu xem được theo đơn vị tại thời điểm báo cáo, hoặc quy về đơn vị của một ngày khác. Nơi chưa quyết định cách chia thì ghi là chuỗi bị gián đoạn, không đoán.
about-rule-ranking = Có những việc chỉ đếm: không xếp hạng đơn vị theo số vụ kiểm tra hay số đơn thư.
about-rule-secrets = Không nhập bí mật nhà nước, không lập hồ sơ về chính kiến, tôn giáo, dân tộc của cá nhân.

## Lưu ý sau khi nhập

notice-already-imported = Tệp { $file } đã nhập trước đây; không có gì thay đổi.
notice-taken-to-exist-earlier = Đơn vị { $unit }: danh mục ghi từ ngày { $listed }, được coi là có từ ngày { $needed } theo văn bản sắp xếp.
notice-moved-with-parent = { $count } đơn vị trực thuộc chuyển theo về { $heir }.
notice-left-without-parent = { $parent } bị chia tách: { $count } đơn vị trực thuộc chưa rõ thuộc về đâu. Nhập danh mục đơn vị ghi đơn vị cấp trên mới.
notice-column-passed-over = cột “{ $header }” không phải chỉ số thu thập, đã bỏ qua.
notice-total-row-differs = dòng cộng của chỉ số { $item } ghi { $total }, các dòng cộng lại là { $sum }; hệ thống lấy theo từng dòng.
notice-hidden-sheet-passed-over = trang tính ẩn, đã bỏ qua.
notice-period-not-ended = tệp { $file }: { $period } đến hết ngày { $last } mới kết thúc; số liệu vẫn được nhận, khi hết kỳ gửi lại nếu thay đổi.
notice-empty-cells-kept = tệp { $file }: { $cells } ô để trống ở chỗ lần trước đã có số liệu; số cũ được giữ ({ $places }). Muốn bỏ số cũ, ghi “rút” vào ô đó.
notice-nothing-to-withdraw = chỉ số { $item } chưa có số liệu nào để rút.
notice-rule-doubted = { $message } (quy tắc { $rule }; đơn vị { $unit }, { $period }: { $values }). Số liệu vẫn được nhận; kiểm tra lại.
notice-many-times-before = chỉ số { $item } của đơn vị { $unit } là { $value }, gấp { $times } lần kỳ trước ({ $before }). Số liệu vẫn được nhận; kiểm tra lại.

## Dòng lệnh

cli-refused = Chưa làm được và chưa thay đổi gì. Cần sửa { $count } điểm:
cli-more-notices = và { $count } lưu ý khác
cli-reading = Đang đọc
cli-imported-units = Đã nhập đơn vị: { $rows } dòng, { $units } đơn vị mới, { $versions } bản ghi mới.
cli-imported-reorganisations = Đã nhập sắp xếp đơn vị: { $lines } dòng; { $whole } đơn vị chuyển nguyên trạng, { $undecided } đơn vị bị chia tách chờ quyết định (chuỗi bị gián đoạn).
cli-imported-pack = Đã nhập gói mẫu “{ $name }”: { $directives } văn bản, { $priorities } nội dung đột phá, { $items } chỉ số thu thập, { $indicators } chỉ tiêu, { $forms } biểu mẫu, { $rules } quy tắc kiểm tra, { $targets } chỉ tiêu giao mới, { $templates } mẫu báo cáo.
cli-imported-figures = Đã nhập { $files } tệp: { $figures } số liệu, { $missing } ô trống; { $submissions } báo cáo mới, { $corrections } bản sửa, { $unchanged } không đổi.
cli-broken = { $count } đơn vị bị chia tách, chưa quyết định cách chia số liệu.
demo-golden = Số liệu của bài báo, đi từ số liệu thô lên
demo-column-figure = Chỉ tiêu
demo-column-published = Bài báo
demo-column-computed = Tính được
demo-column-match = Khớp
demo-matches = { $same }/{ $all } số liệu khớp.
demo-files = Báo cáo và figures.json ở thư mục { $folder }
demo-serving = Trang kết quả (Ctrl+C để dừng):

## Cơ sở dữ liệu

database-locked = Một chương trình khác đang ghi vào cơ sở dữ liệu. Chờ xong rồi làm lại.
database-cannot-open = Không mở được cơ sở dữ liệu { $place } ({ $detail }). Kiểm tra thư mục có tồn tại và có quyền ghi không.
database-not-writable = Không ghi được vào cơ sở dữ liệu { $place }. Cấp quyền ghi cho tệp và thư mục chứa tệp.
database-not-ours = { $place } không phải cơ sở dữ liệu của dotpha. Chọn tệp khác.
database-disk-full = Ổ đĩa đã đầy. Giải phóng dung lượng rồi làm lại.
database-cannot-connect = Không kết nối được PostgreSQL tại { $place } ({ $detail }). Kiểm tra địa chỉ, tên người dùng và máy chủ có đang chạy không.
database-bad-address = Không đọc được địa chỉ cơ sở dữ liệu ({ $detail }). Ghi theo dạng postgres://người-dùng:mật-khẩu@máy-chủ/tên.
database-not-durable = PostgreSQL đang đặt { $setting } = { $value }, có thể làm mất số liệu đã báo là nhận. Đặt lại { $setting } = on.
database-setting-not-taken = SQLite không nhận thiết lập { $setting } cho { $place }. Đặt tệp trên ổ đĩa của máy này.
database-newer = Cơ sở dữ liệu đã được phiên bản dotpha mới hơn nâng cấp. Dùng phiên bản đó.
database-migration-differs = Cơ sở dữ liệu do một phiên bản dotpha khác tạo ra ({ $detail }). Dùng phiên bản đó.
database-migration-missing = Cơ sở dữ liệu thiếu một bước nâng cấp ({ $detail }). Khôi phục bản sao lưu gần nhất.
database-backup = Không sao lưu được vào { $place } trước khi nâng cấp ({ $detail }); chưa thay đổi gì. Kiểm tra dung lượng và quyền ghi.
database-text-with-nul = Chữ có ký tự NUL thì không lưu được. Xóa ký tự đó.
database-too-busy = Cơ sở dữ liệu đang bận. Chờ một lát rồi làm lại.
database-failed = Cơ sở dữ liệu gặp lỗi ({ $detail }); chưa thay đổi gì.

## Tài liệu

agency-committee = Ủy ban nhân dân { $unit }
agency-provincial = Ủy ban nhân dân tỉnh { $unit }
signer-committee = TM. ỦY BAN NHÂN DÂN
signer-chair = CHỦ TỊCH
signer-head = TRƯỞNG { $kind }
signer-group-head = TỔ TRƯỞNG TỔ DÂN PHỐ
signer-other = THỦ TRƯỞNG ĐƠN VỊ
report-days = từ ngày { $first } đến hết ngày { $last }
report-as-of = lần nhập số { $import }
report-submissions = đã nhận { $reported }/{ $expected } báo cáo số liệu phải gửi (đạt { $share })
report-nothing-owed = trong kỳ không có báo cáo số liệu nào phải gửi
report-good = { $good }/{ $all } chỉ tiêu được đánh giá đã đạt hoặc đúng lộ trình
report-behind = { $count } chỉ tiêu chưa đạt hoặc chậm so với lộ trình
report-silent = { $count } chỉ tiêu chưa có số liệu
report-none-judged = chưa có chỉ tiêu nào được giao để đánh giá
list-behind-by = chậm { $lag } so với lộ trình
list-behind = chậm so với lộ trình
list-lagging = đơn vị chậm nhất: { $units }
list-short-by = còn cách chỉ tiêu { $lag }
list-short = chưa đạt chỉ tiêu
list-nothing-behind = Không có chỉ tiêu nào chưa đạt hoặc chậm so với lộ trình.
list-none-judged = Trong kỳ không có chỉ tiêu nào được giao để đánh giá.
list-no-results = Trong kỳ không có số liệu nào phải báo cáo.
list-missing = { $form }: đã nhận { $reported }/{ $expected } báo cáo, còn thiếu của { $missing }/{ $units } đơn vị
list-missing-periods = kỳ còn thiếu: { $periods }
list-units-of = { $units } ({ $above })
list-more-units = và { $count } đơn vị khác
appendix-indicators = Kết quả thực hiện các chỉ tiêu
appendix-units = Kết quả theo đơn vị
appendix-period = Kỳ số liệu: { $period }
appendix-periods = Kỳ này: { $this }; lũy kế: { $whole }
appendix-source = Nguồn: số liệu do các đơn vị báo cáo, { $period }; tính đến lần nhập số { $import }.
sheet-indicators = PL I - Chỉ tiêu
sheet-units = PL II - Đơn vị
column-number = TT
column-code = Mã
column-unit = Đơn vị
column-indicator = Chỉ tiêu
column-measure = ĐVT
column-plan = Kế hoạch
column-year-before = Cùng kỳ năm trước
column-this = Thực hiện kỳ này
column-whole = Lũy kế
column-of-plan = % so kế hoạch
column-change = So cùng kỳ
column-note = Ghi chú
column-reports = Tình hình báo cáo
reports-complete = Đã nộp đủ
refusal-no-database = Chưa có cơ sở dữ liệu { $place }. Sửa --database, hoặc nhập đơn vị và gói mẫu trước: dotpha import units, dotpha import pack.
refusal-no-files-in-folder = Thư mục { $folder } không có tệp .xlsx hay .csv nào. Chọn thư mục khác.
refusal-folder-not-written = Không ghi được vào thư mục { $folder } ({ $detail }). Chọn thư mục khác.

## Đơn vị và sắp xếp đơn vị mâu thuẫn nhau

refusal-unit = { $problem }
unit-version-backwards = Đơn vị { $code } kết thúc ngày { $to }, trước ngày bắt đầu { $from }. Sửa lại thời hạn.
unit-code-taken = Ngày { $day } có hai đơn vị cùng mã { $code }. Sửa mã hoặc thời hạn.
unit-no-such-parent = Đơn vị { $code } ghi đơn vị cấp trên không có trong danh mục. Sửa mã cấp trên.
unit-parent-cycle = Ngày { $day }, các đơn vị { $codes } là cấp trên của nhau thành vòng. Sửa mã cấp trên.
unit-too-deep = Trên đơn vị { $code } có hơn { $levels } cấp. Sửa mã cấp trên.
unit-empty-line = Có dòng sắp xếp ngày { $day } không ghi đơn vị nào. Ghi mã cũ và mã mới.
unit-not-in-force = Ngày { $day } không có đơn vị { $code }. Sửa mã hoặc ngày.
unit-doubled-line = Dòng { $from } → { $to } ngày { $day } ghi hai lần. Giữ lại một dòng.
unit-whole-and-parts = Ngày { $day }, đơn vị { $code } vừa chuyển nguyên trạng vừa bị chia. Giữ lại một cách.
unit-shares-not-whole = Ngày { $day }, các phần của đơn vị { $code } cộng lại là { $percent }, phải vừa đủ 100%. Sửa tỷ lệ, hoặc để trống tỷ lệ chưa quyết định.
unit-succession-cycle = Ngày { $day }, các đơn vị { $codes } chuyển cho nhau thành vòng. Sửa lại các dòng này.
unit-choice-without-split = Ngày { $day } đơn vị { $code } không bị chia tách, không có gì để quyết định.
unit-choice-names-stranger = Ngày { $day } đơn vị { $heir } không nhận phần nào của { $code }. Chọn trong các đơn vị kế thừa.
unit-choice-not-whole = Tỷ lệ chia đơn vị { $code } ngày { $day } cộng lại là { $percent }, cần đúng 100%.

sign-in-heading = Đăng nhập
sign-in-button = Đăng nhập
sign-in-help = Quên mật khẩu hoặc mất thẻ mời: gặp người quản trị của đơn vị để nhận thẻ mời mới.
sign-out-button = Đăng xuất
field-login = Tên đăng nhập
field-login-hint = Chữ thường không dấu, số, dấu chấm, gạch nối; ví dụ binh.nv
field-password = Mật khẩu
field-code = Mã dùng một lần
field-code-hint = Chỉ khi đã bật. Có thể nhập mã dự phòng.
field-present-password = Mật khẩu đang dùng
field-new-password = Mật khẩu mới
field-new-password-hint = Ít nhất 12 ký tự. Một câu vài từ không liên quan nhau vừa khó đoán vừa dễ nhớ.
field-name = Họ tên hoặc chức danh
field-role = Vai trò
field-unit-code = Mã đơn vị
field-unit-code-hint = Vai trò có hiệu lực ở đơn vị này và các đơn vị trực thuộc. Để trống: toàn bộ cây đơn vị.
field-until = Đến hết ngày (nếu có thời hạn)
invitation-heading = Nhận tài khoản
invitation-greeting = Thẻ mời này dành cho
invitation-button = Đặt mật khẩu và vào
account-heading = Tài khoản
account-roles = Vai trò
account-no-roles = Chưa được giao vai trò nào. Liên hệ người quản trị.
account-password = Mật khẩu
account-change-password = Đổi mật khẩu
account-sessions = Đang đăng nhập
account-seen = dùng lần cuối
account-this-session = máy này
account-end-session = Kết thúc
account-invited = đã mời, chưa nhận
account-active = đang dùng
account-disabled = đã khóa
grant-everywhere = toàn bộ cây đơn vị
grant-on = { $role }: { $unit }
grant-days = từ { $from } đến { $to }
one-time-heading = Mã dùng một lần
one-time-on = Đã bật. Còn { $left } mã dự phòng.
one-time-off = Chưa bật. Vai trò quản trị, duyệt và kiểm tra phải bật mới làm việc được.
one-time-set-up = Cài đặt mã dùng một lần
one-time-why = Mỗi lần đăng nhập, ngoài mật khẩu cần thêm mã 6 chữ số hiện trên điện thoại của bạn. Người lấy được mật khẩu vẫn không vào được.
one-time-step-app = Cài một ứng dụng tạo mã (TOTP) trên điện thoại.
one-time-step-scan = Quét mã QR dưới đây bằng ứng dụng đó.
one-time-step-code = Nhập mã 6 chữ số mà ứng dụng hiện ra.
one-time-qr = Mã QR để thêm vào ứng dụng tạo mã
one-time-spelled = Không quét được thì nhập khóa này vào ứng dụng:
one-time-open-app = Mở bằng ứng dụng trên máy này
one-time-code = Mã 6 chữ số
one-time-confirm = Bật mã dùng một lần
one-time-done = Đã bật mã dùng một lần
recovery-why = Mất điện thoại thì dùng các mã dự phòng này, mỗi mã một lần. Chúng chỉ hiện ở đây một lần: chép lại hoặc in ra, cất nơi an toàn.
recovery-kept = Đã cất xong
accounts-heading = Người dùng
accounts-new = Thêm người dùng
accounts-create = Tạo và in thẻ mời
accounts-invite = Thẻ mời mới
accounts-disable = Khóa
accounts-end-grant = Thôi vai trò
card-heading = Thẻ mời dùng dotpha
card-for = Dành cho
card-qr = Mã QR của địa chỉ nhận tài khoản
card-step-scan = Quét mã QR bằng máy ảnh của điện thoại, hoặc gõ địa chỉ dưới đây.
card-step-password = Đặt mật khẩu của riêng mình.
card-step-login = Những lần sau đăng nhập bằng tên:
card-ends = Thẻ dùng được một lần, đến
card-secret = Đưa tận tay, không chụp gửi qua mạng.
problems-heading = Cần sửa
nav-sign-in = Đăng nhập
noun-account = tài khoản
noun-role = vai trò
noun-session = phiên đăng nhập
entrance-wrong-sign-in = Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng. Nhập lại.
entrance-too-many-attempts = Nhập sai nhiều lần. Thử lại sau { $seconds } giây.
entrance-wrong-code = Mã chưa đúng hoặc đã hết hạn. Nhập mã đang hiện trên ứng dụng; kiểm tra giờ của điện thoại.
entrance-password-too-short = Mật khẩu ngắn quá. Dùng ít nhất { $characters } ký tự.
entrance-password-too-long = Mật khẩu dài quá. Dùng nhiều nhất { $characters } ký tự.
entrance-password-guessable = Mật khẩu dễ đoán. Dùng một câu vài từ không liên quan nhau, không có tên mình, tên đơn vị hay dãy số quen thuộc.
entrance-bad-login = Tên đăng nhập “{ $text }” chưa dùng được. Dùng 2 đến 64 chữ thường không dấu, số, dấu chấm hoặc gạch nối.
entrance-login-taken = Đã có người dùng tên đăng nhập { $login }. Chọn tên khác.
entrance-invitation-over = Thẻ mời này đã dùng hoặc đã hết hạn. Gặp người quản trị của đơn vị để nhận thẻ mới.
entrance-not-allowed = Tài khoản này không có quyền { $right } ở đơn vị đó. Liên hệ người quản trị nếu cần.
entrance-second-factor-missing = Việc này cần mã dùng một lần. Bật mã ở trang Tài khoản, rồi đăng nhập lại bằng mã.
entrance-stale-form = Trang này đã cũ, chưa có gì thay đổi. Mở lại trang rồi làm lại.
right-see-figures = xem số liệu
right-send-figures = gửi số liệu
right-review-figures = duyệt số liệu
right-reopen-figures = mở lại số liệu đã duyệt
right-manage-plan = quản lý đơn vị, gói mẫu và biểu mẫu
right-manage-accounts = quản lý người dùng
right-read-ledger = xem sổ cái
cli-first-invitation = Chưa ai đăng nhập được. Trong một giờ tới, mở địa chỉ này để đặt mật khẩu cho tài khoản quản trị { $login }:
demo-sign-ins = Tài khoản xem thử (mật khẩu chung: { $password })
entrance-key-not-used = Không dùng được tệp khóa { $file } ({ $detail }). Khôi phục tệp từ bản sao lưu; thiếu khóa này thì mã dùng một lần đã cài không còn dùng được.
entrance-key-open-to-others = Người khác đọc được tệp khóa { $file }. Chỉ để chủ máy đọc (chmod 600) rồi chạy lại.
not-allowed-heading = Không có quyền
refusal-entrance = { $problem }
refusal-collecting = { $problem }
collecting-not-owed = Biểu { $form } không giao cho đơn vị { $unit } trong kỳ này. Chọn lại biểu, đơn vị hoặc kỳ.
collecting-changed-meanwhile = Người khác vừa lưu hoặc gửi biểu này. Số bạn nhập vẫn còn trên trang; so với số đã lưu ghi bên cạnh, rồi lưu lại.
collecting-same-id-other-content = Mã gửi { $id } đã dùng cho số liệu khác. Mở lại trang nhập, kiểm tra số đã gửi rồi gửi lại nếu cần.
collecting-nothing-entered = Chưa nhập số nào. Nhập số, kể cả số 0, hoặc bấm “Không phát sinh”.
collecting-doubt-without-reason = Số này khác thường. Sửa lại, hoặc ghi lý do vì sao đúng rồi gửi.
collecting-nothing-for-stocks = Biểu này có chỉ tiêu tính tại cuối kỳ ({ $items }), không dùng được “Không phát sinh”. Nhập số, kể cả số 0.
collecting-correction-without-reason = Số liệu này đã duyệt. Ghi lý do sửa rồi gửi lại.
collecting-without-reason = Chưa ghi lý do. Ghi lý do để người gửi biết cần sửa gì.
collecting-own-submission = Bạn là người gửi số liệu này nên không tự duyệt được. Nhờ người duyệt khác trong đơn vị.
collecting-wrong-state = Số liệu này đang ở bước “{ $state }” nên chưa làm được việc đó. Mở lại trang để xem bước hiện tại.
collecting-newer-revision = Đã có lần gửi mới hơn. Mở lần gửi mới nhất rồi xem xét.
collecting-not-without-doubts = Chỉ duyệt cùng lúc các báo cáo không có cảnh báo. Mở từng báo cáo có cảnh báo để xem lý do.
state-draft = bản nháp
state-submitted = chờ duyệt
state-approved = đã duyệt
state-returned = trả lại
deed-send = Đã gửi
deed-correct = Đã gửi bản sửa
deed-approve = Đã duyệt
deed-return = Đã trả lại
deed-reopen = Đã mở lại để xem xét
nav-work = Việc của tôi
work-returned = Trả lại để sửa
work-owed = Phải gửi
work-waiting = Chờ tôi duyệt
work-open-queue = Mở danh sách chờ duyệt
work-nothing = Không có việc nào đến hạn.
work-next = Lần tới: { $form }, { $period }, hạn { $day }.
work-later = còn { $count } kỳ sau chưa gửi
work-reasons = trả lại với { $count } lý do
work-count-owed = { $count } báo cáo phải gửi
work-count-returned = { $count } báo cáo trả lại để sửa
work-count-waiting = { $count } báo cáo chờ duyệt
work-count-none = Không còn việc nào phải làm
work-nothing-yet = Tài khoản này chưa được giao gửi hay duyệt số liệu của đơn vị nào. Liên hệ người quản trị nếu cần.
collection-link = Tình hình thu thập của { $unit }
due-left = còn { $days } ngày, hạn { $day }
due-today = hạn hôm nay
due-over = quá hạn { $days } ngày, hạn { $day }
due-over-long = quá hạn từ { $day }
begun-saved = đã lưu nháp
begun-not-yet = chưa nhập
entry-title = { $form } – { $unit }, { $period }
entry-received = Đã nhận { $count } số liệu lúc { $moment }.
entry-received-nothing = Đã nhận báo cáo “không phát sinh” lúc { $moment }.
entry-receipt = Mã lần gửi
entry-see-sent = Xem số đã gửi
entry-saved = Đã lưu nháp lúc { $moment } ({ $name }).
entry-change = Sửa số đã gửi
entry-previous = Kỳ trước: { $value }
entry-no-previous = Kỳ trước: chưa có
entry-range = Nhập từ { $minimum } đến { $maximum }
entry-range-open = Nhập từ { $minimum } trở lên
entry-other = Đang lưu: { $text }
entry-returned = Trả lại: { $reason }
entry-note = Ghi chú
entry-doubt-reason = Lý do số này đúng
entry-correction-reason = Lý do sửa số đã duyệt
entry-save = Lưu nháp
entry-send = Gửi
entry-nothing = Không phát sinh
entry-nothing-hint = Bấm khi cả kỳ không có gì để báo cáo; khác với số 0 và khác với chưa gửi.
entry-check = Có { $count } chỗ cần xem lại. Số đã nhập vẫn còn nguyên.
entry-whole = Cả báo cáo
doubt-rule = Khác thường: { $message } ({ $values }).
doubt-many-times = Khác thường: gấp { $times } lần kỳ trước ({ $before }).
by-console = máy chủ
collection-heading = Thu thập
collection-finding = { $form }, { $period }: { $sent }/{ $owed } đơn vị đã gửi
collection-form = Biểu
collection-total = Đã gửi
collection-missing = Danh sách đơn vị chưa gửi, để chép
collection-missing-head = { $form }, { $period }: còn { $count } đơn vị chưa gửi, hạn { $day }
collection-complete = Mọi đơn vị đã gửi.
collection-left-out = Còn { $count } đơn vị nữa không hiện ở đây; chọn đơn vị cấp dưới để xem.
state-missing = chưa gửi
state-not-owed = không phải gửi
state-nothing = không phát sinh
review-heading = Duyệt số liệu
review-finding = { $count ->
    [0] Không có báo cáo nào chờ duyệt
   *[other] { $count } báo cáo chờ duyệt
    }
review-choose = Chọn
review-doubts = { $count } cảnh báo
review-no-doubts = không có cảnh báo
review-own = bạn gửi, người khác duyệt
review-sent-by = { $name }, { $moment }
review-approve-chosen = Duyệt các báo cáo đã chọn
review-approve = Duyệt
review-return = Trả lại
review-return-open = Trả lại để sửa
review-return-hint = Ghi lý do ở từng chỉ tiêu cần sửa; ghi hết trong một lần.
review-reopen = Mở lại để xem xét
review-reason = Lý do
review-previous = Kỳ trước
review-median = Trung vị các đơn vị bên cạnh
review-remarks = Ghi chú, cảnh báo
review-said-nothing = Đơn vị báo không phát sinh trong kỳ.
review-newer = Đã có lần gửi mới hơn.
review-open-newer = Mở lần gửi mới nhất
review-empty = để trống
review-history = Quá trình
entered-on-screen = Nhập trên trang
demo-return-members = Số đảng viên mới kết nạp nhiều hơn hẳn các thôn khác; đối chiếu lại với quyết định kết nạp
demo-return-other = Thiếu các hộ được vận động ở cuối thôn
demo-doubt-reason = Vận động đồng loạt các hộ trong đợt cao điểm
