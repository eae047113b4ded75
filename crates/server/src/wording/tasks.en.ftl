
## Tasks

task-draft = draft
task-given = given
task-accepted = accepted
task-declined = declined
task-underway = in progress
task-awaiting = awaiting confirmation
task-done = done
task-redo = to be done again
task-paused = paused
task-cancelled = cancelled
standing-resting = no day counts
standing-no-deadline = no deadline
standing-not-due = { $days ->
    [one] one day left
   *[other] { $days } days left
}
standing-soon = { $days ->
    [one] due soon, one day left
   *[other] due soon, { $days } days left
}
standing-today = due today
standing-overdue = { $days ->
    [one] overdue by one day
   *[other] overdue by { $days } days
}
standing-in-time = in time
standing-late = { $days ->
    [one] done one day late
   *[other] done { $days } days late
}
standings-overdue = overdue
standings-today = due today
standings-soon = due soon
standings-not-due = not due yet
standings-no-deadline = no deadline
standings-in-time = done in time
standings-late = done late
standings-resting = no day counts
task-did-draft = Drafted
task-did-give = Given
task-did-accept = Accepted
task-did-decline = Declined
task-did-report = Progress reported
task-did-hand-in = Handed in
task-did-confirm = Confirmed as done
task-did-send-back = Sent back to be done again
task-did-ask-for-time = Asked for more time
task-did-extend = Deadline extended
task-did-refuse-time = More time refused
task-did-pause = Paused
task-did-resume = Resumed
task-did-cancel = Cancelled
task-did-hand-over = Given to another unit
task-act-draft = Save draft
task-act-give = Give task
task-act-accept = Accept
task-act-decline = Decline
task-act-report = Report progress
task-act-hand-in = Hand in
task-act-confirm = Confirm as done
task-act-send-back = Send back
task-act-ask-for-time = Ask for more time
task-act-extend = Extend
task-act-refuse-time = Refuse more time
task-act-pause = Pause
task-act-resume = Resume
task-act-cancel = Cancel task
task-act-hand-over = Give to another unit
task-words-decline = Reason for declining
task-words-report = What was done
task-words-hand-in = Result and product
task-words-send-back = What has to be done again
task-words-ask-for-time = Reason for asking
task-words-decision = Decision: number, date, reason
task-words-reason = Reason
clarity-person = who leads
clarity-work = the work
clarity-time = the deadline
clarity-responsibility = the responsibility
clarity-product = the product
clarity-authority = the authority
tasking-unclear = Not clear yet: { $what }. Fill in this field before giving the task.
tasking-too-long = The text has more than { $most } characters. Shorten it and leave the rest to the document.
tasking-nobody-leads = No unit was chosen to lead. Choose at least one.
tasking-too-many = At most { $most } tasks are given at once. Give them in several steps.
tasking-out-of-reach = { $unit } does not belong to { $issuer }. Choose a unit below it, or ask the level above to give the task.
tasking-confirmer-leads = Whoever leads cannot confirm as well. Choose somebody else to confirm.
tasking-deadline-past = The deadline { $day } is over. Choose today or a later day.
tasking-lead-ends = { $unit } exists only up to { $day }, before the task is due. Choose another unit or an earlier deadline.
tasking-lead-has-heirs = { $unit } exists only up to { $day }, before the task is due. Give the task to its heir: { $heirs }; or choose an earlier deadline.
tasking-wrong-state = The task is “{ $state }”, so “{ $act }” is not possible. Load the page again to see what is.
tasking-changed-meanwhile = Somebody else has just updated this task. Look at the newest steps below and do it again; what you wrote is still there.
tasking-without-words = Missing: { $what }. Write it into this field and press again.
tasking-without-day = No day was chosen. Choose the new deadline.
tasking-not-later = The deadline is { $day }. Choose a later day.
tasking-others-task = This was given to { $name } by name. They do it, or the issuer gives it to somebody else.
tasking-own-work = Nobody confirms what they handed in. Leave it to somebody else.
right-give-tasks = give and confirm tasks
right-do-tasks = do tasks
noun-task = task
deed-brief-written = Write what tasks ask for
thing-task = task { $id }
thing-brief = brief { $id }
committed-words = the words
