
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
tasking-repeats-without-until = It comes again, but not said until when. Choose the last day, or that it does not come again.
tasking-until-without-repeats = There is a last day, but not how often it comes again. Choose how often, or take the last day out.
tasking-until-before-deadline = The last day { $until } lies before the first deadline { $day }. Choose a day from the first deadline on.
tasking-series-too-long = At most { $most } deadlines are given at once, the last of them { $day }. Let it come again until then, or less often.
tasking-team-too-large = A team has at most { $most } people. Name the main ones, or make several teams.
tasking-not-entitled = { $name } may not { $right } in { $unit }. Choose somebody else, or have the role given.
tasking-account-closed = { $name } cannot sign in at present. Choose somebody else, or leave it to the unit.
tasking-helper-twice = { $unit } already gives or leads. Take it out of those that help.
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
tasking-part-of-others = Only the lead ({ $lead }) or the issuer ({ $issuer }) divides this task. Choose one of them as the unit that gives.
tasking-whole-closed = The task that you want to divide stands at “{ $state }”. Give parts of a task that is given and not done.
tasking-own-work = Nobody confirms what they handed in. Leave it to somebody else.
right-give-tasks = give and confirm tasks
right-do-tasks = do tasks
noun-task = task
deed-brief-written = Write what tasks ask for
thing-task = task { $id }
thing-brief = brief { $id }
committed-words = the words
nav-tasks = Tasks
tasks-heading = Tasks
tasks-one = Task
tasks-new = Give a task
tasks-new-why = Give it with all six clarities: person, work, time, responsibility, product, authority.
tasks-new-work = Work and product
tasks-new-people = People
tasks-new-time = Time
tasks-new-why-for = What it is for
tasks-none = No tasks yet.
tasks-nothing = There are no such tasks.
tasks-finding = { $open ->
    [one] One open task
   *[other] { $open } open tasks
}: { $overdue } overdue, { $soon } due soon
tasks-rate = { $in_time } of { $due } due tasks were done in time ({ $share }); by the first deadline: { $first } of { $due }. Given in all: { $all }.
tasks-together = { $all } tasks given together: { $done } done, { $overdue } overdue
tasks-all = All
tasks-waiting = Waiting for me
tasks-led = Led
tasks-own = Led by the unit itself
tasks-given = Given
tasks-which = Which tasks
tasks-standing = Standing with the deadline
tasks-text = Find work
tasks-any = Any priority
tasks-no-one = None
tasks-as-list = List
tasks-as-board = Board
tasks-as-calendar = Calendar
tasks-as-timeline = Timeline
tasks-column-given = To be accepted
tasks-column-underway = In progress
tasks-column-awaiting = Awaiting confirmation
tasks-column-paused = Paused
tasks-column-done = Done
tasks-more = { $count ->
    [one] One more line
   *[other] { $count } more lines
}
tasks-month-before = Month before
tasks-month-after = Month after
weekday-monday = Mon
weekday-tuesday = Tue
weekday-wednesday = Wed
weekday-thursday = Thu
weekday-friday = Fri
weekday-saturday = Sat
weekday-sunday = Sun
task-work = What is to be done
task-detail = More about it
task-lead = Lead
task-leads = Units that lead (one task each)
task-lead-codes = Other units that lead
task-codes-hint = Codes of units, with commas between
task-unit-code-hint = The unit's code
task-lead-account = Person who leads
task-person-hint = Type a name or a login and choose; leave empty for the unit as a whole
task-account-hint = Login; leave empty to give it to the unit
task-heirs = Heir
task-helpers = Helping
task-confirmer = Confirmer
task-confirmer-account = Person who confirms
task-confirmer-hint = Type a name or a login and choose; left empty, whoever gives tasks in the issuer confirms
task-team = Team
task-team-hint = One person a line: name, duty
task-deadline = Deadline
task-extended = { $day } (first deadline: { $first })
task-open = No deadline
task-repeats = Comes again
task-repeats-never = Never
task-repeats-until = Up to and including
task-issuer = Issuer
task-given-on = Given on
task-acknowledged = Accepted
task-not-acknowledged = not yet
task-product = Product
task-product-hint = What proves that it is done: a plan, minutes, a list …
task-responsibility = Responsibility
task-authority = Authority
task-directive = Directive
task-priority = Priority
task-asks = The lead asks to have until { $day }.
task-written = What you wrote, which was not sent
task-deeds = What you can do
task-new-lead = New lead
task-new-deadline = New deadline
task-part-of = Part of
task-divide = Give a part of it
task-parts = Parts
task-history = What was done
task-until = until { $day }
task-together = { $count } tasks were given together.
demo-task-plan-work = Issue the plan for the breakthrough content
demo-task-plan-product = The plan
demo-task-plan-done = The plan was issued (sample data)
demo-task-market-work = Move the market to its new place
demo-task-market-product = Report of completion
demo-task-market-report = A meeting was held, 40 households agree to move
demo-task-market-ask = The ground of the new market was handed over late
demo-task-survey-work = Survey the village and record its difficulties
demo-task-survey-product = Survey sheet and list of difficulties
demo-task-responsibility = In time and complete
demo-task-authority = May call on the people at hand
demo-task-member = Member { $number } of the team
tasking-nothing-chosen = No task was chosen. Go back to the list and tick at least one.
tasking-too-many-chosen = At most { $most } tasks take a step together. Choose fewer, then go on with the rest.
tasks-tick = Choose
tasks-tick-all = Choose all on this page
tasks-tick-none = Choose none
tasks-tick-go = Deal with the chosen tasks
tasks-together-heading = Several tasks at once
tasks-together-chosen = { $count ->
    [one] One task is chosen
   *[other] { $count } tasks are chosen
}
tasks-together-why = Each task is judged on its own; one that cannot take the step stays as it is, with the reason.
tasks-together-nothing = There is nothing that the chosen tasks can do together. Open each to see what can be done.
tasks-together-act = { $act } ({ $able } of { $all } tasks)
tasks-together-lines = The chosen tasks
tasks-together-all-done = { $act }: { $done ->
    [one] the task is done
   *[other] all { $done } tasks are done
}
tasks-together-done = { $act }: { $done } done, { $not } left as they are
tasks-together-before = { $did } before
tasks-together-not = Left as it is
tasks-together-changed = Somebody else has just updated this task. Open it, look at the newest steps and do it again.
tasks-together-state = The task is “{ $state }”. Open it to see what can be done.
tasks-together-back = Back to the list
tasks-sift = Choose a unit, narrow down by work or priority
tasks-beside = More about the unit
work-tasks = Tasks waiting for you
work-count-tasks = { $count ->
    [one] one task
   *[other] { $count } tasks
}
task-rewrite = Change the draft
task-more-days = More deadlines
task-more-days-hint = A task for each; days separated by commas: 31/3/2027, 31/12/2027
task-repeats-hint = At most { $most } deadlines at once; what falls on a day of rest moves to the next working day
task-helpers-which = Units that help
task-helper-codes = Other units that help
task-template-which = Choose a template
task-template = Template
task-template-use = Use template
task-template-says = By the template: usually led by { $lead }; due: { $due }.
