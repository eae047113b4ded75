//! Urging: which reminders are due for something on a day, and to whom they go.

use jiff::Span;
use jiff::civil::{Date, Time};

/// What is urged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A task.
    Task,
    /// A form that a unit owes for a period.
    Submission,
    /// A difficulty that waits for an answer.
    Difficulty,
    /// A plan that a directive asks a unit for.
    Plan,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Task, Self::Submission, Self::Difficulty, Self::Plan];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Submission => "submission",
            Self::Difficulty => "difficulty",
            Self::Plan => "plan",
        }
    }

    /// The subject with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }
}

/// To whom a reminder goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Whoever has to do it.
    Lead,
    /// Whoever asked for it, or the unit above the one that owes.
    Superior,
}

impl Audience {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Lead, Self::Superior];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Superior => "superior",
        }
    }

    /// The audience with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.code() == code)
    }
}

/// A way in which reminders go out beside the pages, on which they always stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By mail.
    Mail,
    /// To webhooks.
    Hook,
}

impl Channel {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Hook];

    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Hook => "hook",
        }
    }

    /// The channel with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// The hours in which nobody is disturbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The hour at which they begin, from 0 to 23.
    pub from: i8,
    /// The hour at which they end; the same one for none at all.
    pub until: i8,
}

impl Quiet {
    /// From eight in the evening to seven.
    pub const NIGHT: Self = Self { from: 20, until: 7 };

    /// Whether a time of the office lies in them; those that begin later than they end go over midnight.
    #[must_use]
    pub fn holds_at(self, time: Time) -> bool {
        let hour = time.hour();
        if self.from <= self.until {
            (self.from..self.until).contains(&hour)
        } else {
            hour >= self.from || hour < self.until
        }
    }
}

/// When reminders of one kind of thing are made and how they reach people: data, which an office may
/// change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What it is about.
    pub subject: Subject,
    /// Days from the deadline on which the lead is reminded, in order: -7, -3, -1, 0, 1, 3.
    pub offsets: Vec<i16>,
    /// After the last of them, every so many days; none for no more.
    pub every: Option<u16>,
    /// From which day after the deadline the superior is told as well; none for never.
    pub escalates_at: Option<i16>,
    /// For how many days after the deadline anybody is reminded.
    pub lasts_days: u16,
    /// When nobody is disturbed: what is due then goes out at their end.
    pub quiet: Quiet,
    /// How reminders go out beside the pages.
    pub channels: Vec<Channel>,
    /// The codes of the roles whose people get them; empty for everybody who has to do with it.
    pub roles: Vec<String>,
}

/// The policies that every database begins with.
#[must_use]
pub fn standard_policies() -> Vec<Policy> {
    let policy = |subject, offsets: &[i16]| Policy {
        subject,
        offsets: offsets.to_vec(),
        every: Some(3),
        escalates_at: Some(3),
        lasts_days: 60,
        quiet: Quiet::NIGHT,
        channels: Channel::ALL.to_vec(),
        roles: Vec::new(),
    };
    vec![
        policy(Subject::Task, &[-7, -3, -1, 0, 1, 3]),
        policy(Subject::Submission, &[-1, 0, 1, 3]),
        policy(Subject::Difficulty, &[-1, 0, 1, 3]),
        policy(Subject::Plan, &[-7, -3, -1, 0, 1, 3]),
    ]
}

impl Policy {
    /// Whether reminders go out in a way to people of a role.
    #[must_use]
    pub fn reaches(&self, channel: Channel, role: &str) -> bool {
        let is_meant = self.roles.is_empty() || self.roles.iter().any(|known| known == role);
        self.channels.contains(&channel) && is_meant
    }

    /// The newest day of reminding that is not after `over` days from the deadline; none before the
    /// first, or when it is too long ago to help.
    #[must_use]
    pub fn offset(&self, over: i32) -> Option<i16> {
        if over > i32::from(self.lasts_days) {
            return None;
        }
        let reached = |offset: &&i16| i32::from(**offset) <= over;
        let last = *self.offsets.iter().rev().find(reached)?;
        let is_last = self.offsets.last() == Some(&last);
        let Some(every) = self.every.filter(|every| is_last && *every > 0) else {
            return Some(last);
        };
        let beyond = over - i32::from(last);
        let whole = beyond - beyond % i32::from(every);
        i16::try_from(i32::from(last) + whole).ok()
    }

    /// Which reminders are to be made for something that is so many days over its deadline (negative
    /// before it), after those that were made already: of each audience the newest day of reminding.
    /// Of several that were missed only the newest is made: nobody is helped by three at once.
    #[must_use]
    pub fn due(&self, over: i32, made: impl Fn(Audience) -> Option<i16>) -> Vec<(Audience, i16)> {
        let Some(offset) = self.offset(over) else { return Vec::new() };
        let escalates = self.escalates_at.is_some_and(|first| offset >= first);
        let audiences = [(Audience::Lead, true), (Audience::Superior, escalates)];
        let is_new = |audience| made(audience).is_none_or(|last| last < offset);
        audiences
            .into_iter()
            .filter(|(audience, is_due)| *is_due && is_new(*audience))
            .map(|(audience, _)| (audience, offset))
            .collect()
    }

    /// The first and the last deadline that anybody is reminded of on a day.
    #[must_use]
    pub fn deadlines(&self, today: Date) -> (Date, Date) {
        let days = |count: i64| Span::new().days(count);
        let before = self.offsets.first().map_or(0, |first| -i64::from(*first));
        let first = today.checked_sub(days(i64::from(self.lasts_days))).unwrap_or(today);
        (first, today.checked_add(days(before)).unwrap_or(today))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn policy() -> Policy {
        standard_policies().remove(0)
    }

    #[test]
    fn reminders_fall_on_the_days_of_the_policy_and_then_every_three_days() {
        let table = [
            (-8, None),
            (-7, Some(-7)),
            (-5, Some(-7)),
            (-3, Some(-3)),
            (-1, Some(-1)),
            (0, Some(0)),
            (1, Some(1)),
            (2, Some(1)),
            (3, Some(3)),
            (5, Some(3)),
            (6, Some(6)),
            (8, Some(6)),
            (9, Some(9)),
            (60, Some(60)),
            (61, None),
        ];
        for (over, expected) in table {
            assert_eq!(policy().offset(over), expected, "{over}");
        }
        let once = Policy { every: None, ..policy() };
        assert_eq!(once.offset(30), Some(3));
    }

    #[test]
    fn each_is_made_once_and_the_superior_learns_of_what_stays_late() {
        use Audience::{Lead, Superior};
        type Case = (i32, [Option<i16>; 2], &'static [(Audience, i16)]);
        let table: [Case; 8] = [
            (-3, [None, None], &[(Lead, -3)]),
            (-3, [Some(-3), None], &[]),
            (-2, [Some(-3), None], &[]),
            (1, [Some(-3), None], &[(Lead, 1)]),
            (3, [Some(1), None], &[(Lead, 3), (Superior, 3)]),
            (3, [Some(3), None], &[(Superior, 3)]),
            // The server was off for a week.
            (9, [Some(1), None], &[(Lead, 9), (Superior, 9)]),
            (9, [Some(9), Some(9)], &[]),
        ];
        for (over, made, expected) in table {
            let made_of = |audience| match audience {
                Lead => made[0],
                Superior => made[1],
            };
            assert_eq!(policy().due(over, made_of), expected, "{over} {made:?}");
        }
    }

    #[test]
    fn quiet_hours_are_those_of_the_policy_and_go_over_midnight() {
        let table = [
            (Quiet::NIGHT, 6, 59, true),
            (Quiet::NIGHT, 7, 0, false),
            (Quiet::NIGHT, 19, 59, false),
            (Quiet::NIGHT, 20, 0, true),
            (Quiet { from: 11, until: 14 }, 10, 59, false),
            (Quiet { from: 11, until: 14 }, 13, 59, true),
            (Quiet { from: 11, until: 14 }, 14, 0, false),
            (Quiet { from: 0, until: 0 }, 3, 0, false),
        ];
        for (quiet, hour, minute, expected) in table {
            let time = time(hour, minute, 0, 0);
            assert_eq!(quiet.holds_at(time), expected, "{quiet:?} {hour}:{minute}");
        }
    }

    #[test]
    fn a_policy_reaches_the_roles_it_names_by_the_channels_it_has() {
        let mails =
            Policy { channels: vec![Channel::Mail], roles: vec!["leader".to_owned()], ..policy() };
        let table = [
            (&mails, Channel::Mail, "leader", true),
            (&mails, Channel::Mail, "reporter", false),
            (&mails, Channel::Hook, "leader", false),
            (&policy(), Channel::Hook, "reporter", true),
        ];
        for (policy, channel, role, expected) in table {
            assert_eq!(policy.reaches(channel, role), expected, "{channel:?} {role}");
        }
    }
}
