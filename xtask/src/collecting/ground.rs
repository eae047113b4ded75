//! What there is to send: who may, for which villages and months, and each submission as it travels.

/// What the preparation of a database says of it.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// The secrets of signed-in people, each with the mark of its forms.
    pub(crate) sessions: Vec<(String, String)>,
    units: Vec<i64>,
    periods: Vec<String>,
    items: Vec<String>,
    form: String,
}

impl Ground {
    /// Reads what the preparation printed.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut ground = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["session", secret, mark] => {
                    ground.sessions.push(((*secret).to_owned(), (*mark).to_owned()));
                }
                ["unit", number] => {
                    ground.units.push(number.parse().map_err(|_| format!("no unit: {line}"))?);
                }
                ["period", code] => ground.periods.push((*code).to_owned()),
                ["item", code] => ground.items.push((*code).to_owned()),
                ["form", code] => (*code).clone_into(&mut ground.form),
                _ => return Err(format!("the preparation said something else: {line}")),
            }
        }
        if ground.sessions.is_empty() || ground.occasions() == 0 {
            return Err("the preparation made nobody who may send anything".to_owned());
        }
        Ok(ground)
    }

    /// The number of a village.
    pub(crate) fn unit(&self, place: usize) -> i64 {
        self.units[place % self.units.len()]
    }

    /// The code of a month.
    pub(crate) fn period(&self, place: usize) -> &str {
        &self.periods[place % self.periods.len()]
    }

    /// The first thing to report after so many months.
    pub(crate) fn first_open(&self, months: usize) -> usize {
        self.units.len() * months
    }

    /// How many different things can be reported.
    pub(crate) fn occasions(&self) -> usize {
        self.units.len() * self.periods.len()
    }

    /// The id and the body of the submission for one of them, always the same for the same number.
    pub(crate) fn submission(&self, number: usize) -> (String, String) {
        let unit = self.units[number % self.units.len()];
        let period = &self.periods[number / self.units.len() % self.periods.len()];
        // Version 7 with a moment that grows by one: new rows stand at the end of the index.
        let moment = 1_764_000_000_000 + number;
        let id = format!("{:08x}-{:04x}-7000-8000-{number:012x}", moment >> 16, moment & 0xffff);
        let fields: Vec<String> = self
            .items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let value = (number * 31 + place * 7) % 500;
                format!("{{\"item\":\"{item}\",\"text\":\"{value}\"}}")
            })
            .collect();
        let body = format!(
            "{{\"form\":\"{}\",\"unit\":{unit},\"period\":\"{period}\",\"content\":\"figures\",\
             \"fields\":[{}],\"reason\":\"\",\"base\":{{\"revision\":0,\"version\":0}},\
             \"clock\":{{\"finished_ms\":{moment},\"sent_ms\":{moment}}}}}",
            self.form,
            fields.join(",")
        );
        (id, body)
    }
}
