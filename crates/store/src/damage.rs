//! Damage as somebody with a database tool would do it; for tests that look whether it is found.

use crate::engine::WriteTx;
use crate::error::Result;
use crate::value::args;

/// What is changed behind the program's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The bytes of an entry.
    Leaf(u64, Vec<u8>),
    /// The subject by which an entry is found.
    Subject(u64, String),
    /// A hash.
    Hash(u64, Vec<u8>),
    /// An entry is removed.
    EntryGone(u64),
    /// The entries and hashes from a position and an index on are removed.
    EndGone(u64, u64),
    /// A part of a submission's figures is replaced by another.
    Figures(String, String, String),
    /// A submission is removed.
    SubmissionGone(String),
    /// The bytes of a photograph.
    AttachmentContent(String, Vec<u8>),
    /// A submission names another photograph: id, number, photograph.
    AttachmentNamed(String, u32, String),
    /// A submission names a photograph no more.
    AttachmentGone(String, u32),
    /// The number of rows of an import.
    ImportRows(i64, i64),
    /// The role of a grant.
    GrantRole(i64, String),
    /// The rights of a role.
    RoleRights(String, String),
    /// The state of an account.
    AccountState(i64, String),
    /// The password's hash of an account.
    AccountPassword(i64, String),
    /// What a brief asks for.
    BriefWork(i64, String),
    /// The deadline of a task.
    TaskDeadline(i64, String),
    /// What a step of a task says, by its number.
    TaskStepWords(i64, String),
    /// Until when a step of a task is.
    TaskStepDay(i64, String),
    /// When a step of a task was taken.
    TaskStepDone(i64, i64),
    /// Who took a step of a task.
    TaskStepAccount(i64, i64),
    /// A step of a task is removed.
    TaskStepGone(i64),
    /// The answer to a difficulty, by the number of its step.
    DifficultyAnswer(i64, String),
    /// What stands in the way in a difficulty.
    DifficultyTrouble(i64, String),
    /// The day for the answer to a difficulty.
    DifficultyDue(i64, String),
    /// The name of a proposal.
    ProposalName(i64, String),
    /// The points that everybody gave a proposal for being key.
    ProposalPoints(i64, i64),
    /// Why a proposal was decided so.
    DecisionReason(i64, String),
    /// Who answers for a chosen priority.
    PriorityHead(String, String),
    /// The caption of a picture.
    PictureCaption(i64, String),
    /// What was said about a proposal.
    ProposalRemark(i64, String),
    /// The last day of the plans that a directive asks for.
    CallDue(String, String),
    /// Where a webhook is sent to.
    HookAddress(i64, String),
    /// The number of the plans that were noted for a directive.
    PlanNumber(String, String),
    /// The bytes of a kept file.
    FileContent(String, Vec<u8>),
    /// The name of a kept file.
    FileName(i64, String),
    /// The bytes of a kept file are removed.
    FileGone(String),
    /// A part of the figures frozen for a stocktake is replaced by another.
    StocktakePack(i64, String, String),
    /// Where a stocktake is held.
    StocktakePlace(i64, String),
    /// The signed text of a checkpoint.
    Checkpoint(u64, String),
}

statements! {
    LEAF = "update ledger_entry set leaf = $1 where position = $2";
    SUBJECT = "update ledger_entry set subject = $1 where position = $2";
    HASH = "update ledger_hash set hash = $1 where position = $2";
    SALTS_GONE = "delete from commitment_salt where position >= $1";
    ENTRY_GONE = "delete from ledger_entry where position = $1";
    ENTRIES_GONE = "delete from ledger_entry where position >= $1";
    HASHES_GONE = "delete from ledger_hash where position >= $1";
    FIGURES = "update submission set figures = replace(figures, $1, $2) where id = $3";
    SUBMISSION_GONE = "delete from submission where id = $1";
    ATTACHMENT_CONTENT = "update attachment set content = $1 where sha256 = $2";
    ATTACHMENT_NAMED = "update submission_attachment set attachment = $1
                        where submission = $2 and number = $3";
    ATTACHMENT_GONE = "delete from submission_attachment where submission = $1 and number = $2";
    IMPORT_ROWS = "update import set row_count = $1 where id = $2";
    GRANT_ROLE = "update access_grant set role = $1 where id = $2";
    ROLE_RIGHTS = "update role set rights = $1 where code = $2";
    ACCOUNT_STATE = "update account set state = $1 where id = $2";
    ACCOUNT_PASSWORD = "update account set password = $1 where id = $2";
    BRIEF_WORK = "update brief set work = $1 where id = $2";
    TASK_DEADLINE = "update task set deadline = $1 where id = $2";
    TASK_STEP_WORDS = "update task_step set words = $1 where number = $2";
    TASK_STEP_DAY = "update task_step set day = $1 where number = $2";
    TASK_STEP_DONE = "update task_step set done_ms = $1 where number = $2";
    TASK_STEP_ACCOUNT = "update task_step set account = $1 where number = $2";
    TASK_STEP_GONE = "delete from task_step where number = $1";
    DIFFICULTY_ANSWER = "update difficulty_step set words = $1 where number = $2";
    DIFFICULTY_TROUBLE = "update difficulty set trouble = $1 where id = $2";
    DIFFICULTY_DUE = "update difficulty set due = $1 where id = $2";
    PROPOSAL_NAME = "update proposal set name_vi = $1 where id = $2";
    PROPOSAL_POINTS = "update proposal_score set key_points = $1 where proposal = $2";
    DECISION_REASON = "update proposal_decision set reason = $1 where proposal = $2";
    PRIORITY_HEAD = "update chosen_priority set head = $1 where code = $2";
    PICTURE_CAPTION = "update priority_picture set caption = $1 where id = $2";
    PROPOSAL_REMARK = "update proposal_remark set words = $1 where id = $2";
    CALL_DUE = "update plan_call set due = $1 where directive = $2";
    HOOK_ADDRESS = "update hook set address = $1 where id = $2";
    PLAN_NUMBER = "update plan_note set number = $1 where directive = $2";
    FILE_CONTENT = "update file_content set content = $1 where sha256 = $2";
    FILE_NAME = "update kept_file set name = $1 where id = $2";
    FILE_GONE = "delete from file_content where sha256 = $1";
    STOCKTAKE_PACK = "update stocktake set pack = replace(pack, $1, $2) where id = $3";
    STOCKTAKE_PLACE = "update stocktake set place = $1 where id = $2";
    CHECKPOINT = "update checkpoint set signed = $1 where size = $2";
}

/// Does the damage; gives back how many rows it touched.
///
/// # Errors
/// The database failed.
pub fn inflict(tx: &mut WriteTx<'_>, damage: &Damage) -> Result<u64> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    match damage {
        Damage::Leaf(position, leaf) => tx.execute(LEAF, args![leaf.as_slice(), number(*position)]),
        Damage::Subject(position, id) => tx.execute(SUBJECT, args![id, number(*position)]),
        Damage::Hash(index, hash) => tx.execute(HASH, args![hash.as_slice(), number(*index)]),
        Damage::EntryGone(position) => tx.execute(ENTRY_GONE, args![number(*position)]),
        Damage::EndGone(position, index) => {
            tx.execute(SALTS_GONE, args![number(*position)])?;
            tx.execute(HASHES_GONE, args![number(*index)])?;
            tx.execute(ENTRIES_GONE, args![number(*position)])
        }
        Damage::Figures(id, from, to) => tx.execute(FIGURES, args![from, to, id]),
        Damage::SubmissionGone(id) => tx.execute(SUBMISSION_GONE, args![id]),
        Damage::AttachmentContent(id, content) => {
            tx.execute(ATTACHMENT_CONTENT, args![content.as_slice(), id])
        }
        Damage::AttachmentNamed(id, number, other) => {
            tx.execute(ATTACHMENT_NAMED, args![other, id, *number])
        }
        Damage::AttachmentGone(id, number) => tx.execute(ATTACHMENT_GONE, args![id, *number]),
        Damage::ImportRows(id, rows) => tx.execute(IMPORT_ROWS, args![*rows, *id]),
        Damage::GrantRole(id, role) => tx.execute(GRANT_ROLE, args![role, *id]),
        Damage::RoleRights(code, rights) => tx.execute(ROLE_RIGHTS, args![rights, code]),
        Damage::AccountState(id, state) => tx.execute(ACCOUNT_STATE, args![state, *id]),
        Damage::AccountPassword(id, hash) => tx.execute(ACCOUNT_PASSWORD, args![hash, *id]),
        Damage::BriefWork(id, work) => tx.execute(BRIEF_WORK, args![work, *id]),
        Damage::TaskDeadline(id, day) => tx.execute(TASK_DEADLINE, args![day, *id]),
        Damage::TaskStepWords(step, text) => tx.execute(TASK_STEP_WORDS, args![text, *step]),
        Damage::TaskStepDay(step, day) => tx.execute(TASK_STEP_DAY, args![day, *step]),
        Damage::TaskStepDone(step, ms) => tx.execute(TASK_STEP_DONE, args![*ms, *step]),
        Damage::TaskStepAccount(step, who) => tx.execute(TASK_STEP_ACCOUNT, args![*who, *step]),
        Damage::TaskStepGone(step) => tx.execute(TASK_STEP_GONE, args![*step]),
        Damage::DifficultyAnswer(step, text) => tx.execute(DIFFICULTY_ANSWER, args![text, *step]),
        Damage::DifficultyTrouble(id, text) => tx.execute(DIFFICULTY_TROUBLE, args![text, *id]),
        Damage::DifficultyDue(id, day) => tx.execute(DIFFICULTY_DUE, args![day, *id]),
        Damage::ProposalName(id, text) => tx.execute(PROPOSAL_NAME, args![text, *id]),
        Damage::ProposalPoints(id, points) => tx.execute(PROPOSAL_POINTS, args![*points, *id]),
        Damage::DecisionReason(id, text) => tx.execute(DECISION_REASON, args![text, *id]),
        Damage::PriorityHead(code, text) => tx.execute(PRIORITY_HEAD, args![text, code]),
        Damage::PictureCaption(id, text) => tx.execute(PICTURE_CAPTION, args![text, *id]),
        Damage::ProposalRemark(id, text) => tx.execute(PROPOSAL_REMARK, args![text, *id]),
        Damage::CallDue(code, day) => tx.execute(CALL_DUE, args![day, code]),
        Damage::HookAddress(id, address) => tx.execute(HOOK_ADDRESS, args![address, *id]),
        Damage::PlanNumber(code, number) => tx.execute(PLAN_NUMBER, args![number, code]),
        Damage::FileContent(sha256, content) => {
            tx.execute(FILE_CONTENT, args![content.as_slice(), sha256])
        }
        Damage::FileName(id, name) => tx.execute(FILE_NAME, args![name, *id]),
        Damage::FileGone(sha256) => tx.execute(FILE_GONE, args![sha256]),
        Damage::StocktakePack(id, from, to) => tx.execute(STOCKTAKE_PACK, args![from, to, *id]),
        Damage::StocktakePlace(id, place) => tx.execute(STOCKTAKE_PLACE, args![place, *id]),
        Damage::Checkpoint(size, signed) => tx.execute(CHECKPOINT, args![signed, number(*size)]),
    }
}
