//! What a period is made of: its base periods.

use jiff::civil::Date;

use super::months::{Month, civil_days, months, week_of};
use super::order::of_month;
use super::{Calendar, Frequency, Period};

impl Period {
    /// The periods of a frequency that make this one up exactly, oldest first: a year is twelve
    /// months. A period of this very frequency is its own part. None when they cannot: weeks never
    /// make months, and nothing longer fits inside. Days are counted in the civil calendar; see
    /// [`Calendar::parts`] for another.
    #[must_use]
    pub fn parts(self, frequency: Frequency) -> Option<Vec<Self>> {
        Calendar::Civil.parts(self, frequency)
    }
}

impl Calendar {
    /// The periods of a frequency that make up a period exactly in this calendar, oldest first.
    #[must_use]
    pub fn parts(&self, period: Period, frequency: Frequency) -> Option<Vec<Period>> {
        if period.frequency() == Some(frequency) {
            return Some(vec![period]);
        }
        match frequency {
            Frequency::Daily => Some(days(self.days(period))),
            // A month of four whole weeks is an accident that no report is built on.
            Frequency::Weekly => match months(period) {
                None => whole_weeks(civil_days(period)),
                Some(_) => None,
            },
            Frequency::Monthly
            | Frequency::Quarterly
            | Frequency::HalfYearly
            | Frequency::Yearly => {
                let run = months(period).or_else(|| self.whole_months(period))?;
                parts_of_months(run, frequency)
            }
        }
    }

    /// The months whose days a span of days covers exactly.
    fn whole_months(&self, span: Period) -> Option<(Month, Month)> {
        let Period::Span(..) = span else { return None };
        let (first_day, last_day) = self.days(span);
        let (first, last) = (self.month_of(first_day), self.month_of(last_day));
        let covered = (self.days_of_months((first, first)).0, self.days_of_months((last, last)).1);
        (covered == (first_day, last_day)).then_some((first, last))
    }
}

fn days((first, last): (Date, Date)) -> Vec<Period> {
    first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= last)
        .map(Period::Day)
        .collect()
}

fn whole_weeks((first, last): (Date, Date)) -> Option<Vec<Period>> {
    let is_whole = civil_days(week_of(first)).0 == first && civil_days(week_of(last)).1 == last;
    is_whole.then(|| {
        let mondays = first.series(jiff::Span::new().days(7));
        mondays.take_while(|day| *day <= last).map(week_of).collect()
    })
}

fn parts_of_months((first, last): (Month, Month), frequency: Frequency) -> Option<Vec<Period>> {
    let mut parts = Vec::new();
    let mut next = first;
    while next <= last {
        let part = of_month(next, frequency)?;
        let (part_first, part_last) = months(part)?;
        if part_first != next || part_last > last {
            return None;
        }
        parts.push(part);
        next = Month(part_last.0 + 1);
    }
    (!parts.is_empty()).then_some(parts)
}
