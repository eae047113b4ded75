//! Calendars that other programs subscribe to: iCalendar (RFC 5545), days only.

/// The most bytes of a line without its end; what is longer goes on in the next line after a blank.
const LINE_BYTES: usize = 75;

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What programs show as its name.
    pub name: String,
    /// When it was made, as `YYYYMMDDTHHMMSSZ`.
    pub made: String,
    /// The days in it.
    pub days: Vec<Day>,
}

/// A whole day on which something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// What tells it from all others, always the same for the same.
    pub id: String,
    /// The day, as `YYYYMMDD`.
    pub on: String,
    /// What is due.
    pub summary: String,
    /// What more there is to say; empty for nothing.
    pub detail: String,
    /// The address of its page.
    pub address: String,
}

/// The calendar as a file.
#[must_use]
pub fn write(calendar: &Calendar) -> String {
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold(&mut file, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//dotpha//dotpha//VI");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(&calendar.name));
    // Programs look again once an hour.
    line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    for day in &calendar.days {
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&day.id));
        line("DTSTAMP", &calendar.made);
        line("DTSTART;VALUE=DATE", &day.on);
        line("SUMMARY", &escaped(&day.summary));
        if !day.detail.is_empty() {
            line("DESCRIPTION", &escaped(&day.detail));
        }
        line("URL", &day.address);
        // A deadline makes nobody busy.
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    file
}

/// A text as a value: nothing in it ends a line or a value.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Adds a line, folded between characters.
fn fold(file: &mut String, line: &str) {
    let mut used = 0;
    for character in line.chars() {
        if used + character.len_utf8() > LINE_BYTES {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(character);
        used += character.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};

    use super::*;

    const LONG: &str = "Rà soát, lập danh sách hộ nghèo; hộ cận nghèo \\ hộ mới thoát nghèo trên địa \
                        bàn xã, báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày hết hạn";

    fn calendar(summary: &str, detail: &str) -> Calendar {
        let day = Day {
            id: "nhiem-vu-7@so-lieu.example.gov.vn".to_owned(),
            on: "20261130".to_owned(),
            summary: summary.to_owned(),
            detail: detail.to_owned(),
            address: "https://so-lieu.example.gov.vn/tasks/7".to_owned(),
        };
        let made = "20261127T010203Z".to_owned();
        Calendar { name: "Hạn, việc của tôi".to_owned(), made, days: vec![day] }
    }

    #[test]
    fn what_was_written_is_read_again_by_another_program() {
        let table = [
            ("Họp dân", ""),
            (LONG, LONG),
            ("hai\ndòng", "một\r\nhai"),
            ("END:VEVENT\r\nBEGIN:VALARM", "a:b;c=d,e\"f\""),
            ("", "không có tên"),
        ];
        for (summary, detail) in table {
            let file = write(&calendar(summary, detail));
            for line in file.split("\r\n") {
                assert!(line.len() <= LINE_BYTES, "{line}");
                assert!(!line.contains(['\r', '\n']), "{line:?}");
            }
            let unfolded = unfold(&file);
            let read = read_calendar(&unfolded).unwrap();
            assert_eq!(read.components.len(), 1, "{summary}");
            let event = &read.components[0];
            assert_eq!((event.name.as_ref(), event.components.len()), ("VEVENT", 0));
            let value = |name: &str| {
                let property = event.find_prop(name)?;
                Some(property.val.clone().unescape_text().as_str().to_owned())
            };
            let plain = |text: &str| text.replace('\r', "");
            assert_eq!(value("SUMMARY"), Some(plain(summary)));
            assert_eq!(value("DESCRIPTION").unwrap_or_default(), plain(detail));
            assert_eq!(value("DTSTART").as_deref(), Some("20261130"));
            assert_eq!(value("UID").as_deref(), Some("nhiem-vu-7@so-lieu.example.gov.vn"));
            let address = "https://so-lieu.example.gov.vn/tasks/7";
            assert_eq!(value("URL").as_deref(), Some(address));
        }
    }
}
