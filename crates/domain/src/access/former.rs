//! Standard roles as earlier versions saved them.

use super::{Right, Role, standard_roles};

/// The rights that came after the first standard roles, in the order in which they came.
const LATER: [&[Right]; 1] = [&[Right::GiveTasks, Right::DoTasks]];

/// A standard role that an earlier version saved, with the rights that came since. None for a role that
/// somebody changed, for one that is as it should be, and for one that is no standard role.
#[must_use]
pub fn brought_up(saved: &Role) -> Option<Role> {
    let standard = standard_roles().into_iter().find(|role| role.code == saved.code)?;
    let is_former = |known: usize| {
        let later = LATER.iter().skip(known).copied().flatten();
        let later: Vec<&Right> = later.collect();
        let former: Vec<&Right> =
            standard.rights.iter().filter(|right| !later.contains(right)).collect();
        former.len() < standard.rights.len()
            && former.len() == saved.rights.len()
            && former.iter().all(|right| saved.rights.contains(right))
    };
    let is_unchanged = saved.name == standard.name && (0..LATER.len()).any(is_former);
    is_unchanged.then(|| Role { rights: standard.rights.clone(), ..saved.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::SecondFactor;

    fn saved(code: &str, rights: &[Right]) -> Role {
        let standard = standard_roles().into_iter().find(|role| role.code == code).unwrap();
        Role { rights: rights.to_vec(), ..standard }
    }

    #[test]
    fn a_role_of_before_there_were_tasks_gets_their_rights_and_a_changed_one_stays() {
        use Right::{DoTasks, GiveTasks, ManagePlan, ReadLedger, SeeFigures, SendFigures};
        type Rights = &'static [Right];
        let cases: [(&str, Rights, Option<Rights>); 6] = [
            ("planner", &[SeeFigures, ManagePlan], Some(&[SeeFigures, GiveTasks, ManagePlan])),
            ("reporter", &[SendFigures, SeeFigures], Some(&[SeeFigures, SendFigures, DoTasks])),
            ("leader", &[SeeFigures], Some(&[SeeFigures, GiveTasks])),
            ("leader", &[SeeFigures, GiveTasks], None),
            ("leader", &[SeeFigures, ReadLedger], None),
            ("auditor", &[SeeFigures, ReadLedger], None),
        ];
        for (code, rights, expected) in cases {
            let found = brought_up(&saved(code, rights)).map(|role| role.rights);
            assert_eq!(found.as_deref(), expected, "{code} {rights:?}");
        }
        let without_codes =
            Role { second_factor: SecondFactor::Required, ..saved("leader", &[SeeFigures]) };
        let found = brought_up(&without_codes).unwrap();
        assert_eq!(found.second_factor, SecondFactor::Required, "what was chosen stays");
        let mut renamed = saved("leader", &[SeeFigures]);
        renamed.name.vi = "Chủ tịch".to_owned();
        assert_eq!(brought_up(&renamed), None, "somebody changed it");
        let own = Role { code: "guest".to_owned(), ..saved("leader", &[SeeFigures]) };
        assert_eq!(brought_up(&own), None, "it is no standard role");
    }
}
