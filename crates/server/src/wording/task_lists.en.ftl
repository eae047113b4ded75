tasking-columns-missing = The list lacks columns: { $columns }. Download the template, copy the list into it and upload it again.
tasking-column-twice = The list has the column “{ $column }” twice. Keep one of them and upload it again.
tasking-no-task-in-list = The list has no rows yet. Write one task a row below the headings.
task-list-heading = Give tasks by a list
task-list-link = Give by a list
task-list-why = One piece of work a row; of several leading units each gets a task. Upload the file to look at it first; while anything is wrong, no task is given.
task-list-download = Download the Excel template
task-list-file = File of the list (.xlsx or .csv)
task-list-preview = Look at it
task-list-finding = The list gives { $tasks ->
    [one] one task
   *[other] { $tasks } tasks
} ({ $rows ->
    [one] one row
   *[other] { $rows } rows
})
task-list-refused = { $count ->
    [one] One place
   *[other] { $count } places
} to be mended; no task was given
task-list-refused-why = Mend these in the file and upload it again
task-list-before = You gave this list at { $day } ({ $tasks } tasks); it is not given again.
task-list-give = Give { $tasks ->
    [one] one task
   *[other] { $tasks } tasks
}
task-list-leave = Do not give them, choose another file
task-list-given = { $tasks ->
    [one] One task was
   *[other] { $tasks } tasks were
} given.
task-list-given-before = This list was given before ({ $tasks } tasks); it was not given again.
task-list-see = See the tasks that were given
task-list-row = Row
task-list-more-units = { $units } and { $count ->
    [one] another unit
   *[other] { $count } more units
}
task-list-columns = The columns of the list
task-list-file-name = list-of-tasks.xlsx
task-list-sheet = Tasks
task-list-guide-sheet = Guide
task-list-codes-sheet = Codes
task-list-column = Column
task-list-takes = What it takes
task-list-needed = Needed
task-list-example = Example
task-list-must = yes
task-list-may = no
task-list-kind = Kind
task-list-code = Code
task-list-name = Name
task-list-unit = unit
task-list-priority = priority
task-list-directive = directive
task-list-name-work = Work
task-list-takes-work = What is to be done, in one sentence
task-list-example-work = Move the market to its new place
task-list-name-detail = More about it
task-list-takes-detail = How, how far, what to mind; may be empty
task-list-example-detail = 40 traders on the side of road 4A
task-list-name-product = Product
task-list-takes-product = What proves that it is done: a plan, minutes, a list …
task-list-example-product = Minutes of handing over the ground
task-list-name-responsibility = Responsibility
task-list-takes-responsibility = What the lead answers for
task-list-example-responsibility = In time, without complaints
task-list-name-authority = Authority
task-list-takes-authority = What the lead may decide
task-list-example-authority = Call in local forces
task-list-name-leads = Codes of leading units
task-list-takes-leads = Codes of units with commas between them; see the sheet “Codes”
task-list-example-leads = 06124, 06148
task-list-name-lead-account = Leading person
task-list-takes-lead-account = Login; empty to give it to the unit
task-list-example-lead-account = binh.nv
task-list-name-deadline = Deadline
task-list-takes-deadline = Day/month/year; “no deadline” when there is none
task-list-example-deadline = 31/12/2026
task-list-name-confirmer-account = Confirming person
task-list-takes-confirmer-account = Login, not that of whoever leads; empty for whoever gives tasks in the giving unit
task-list-example-confirmer-account = hoa.ht
task-list-name-helpers = Codes of helping units
task-list-takes-helpers = Codes of units with commas between them
task-list-example-helpers = 06151
task-list-name-team = Team
task-list-takes-team = Name, duty; semicolons between people
task-list-example-team = Hoàng Văn A, head; Nông Thị B, member
task-list-name-priority = Priority
task-list-takes-priority = Code or name
task-list-example-priority = DP1
task-list-name-directive = Directive
task-list-takes-directive = Code or number
task-list-example-directive = 01-KL/TW
task-list-name-issuer = Code of the giving unit
task-list-takes-issuer = Empty for the unit of whoever uploads it
task-list-example-issuer = 20
task-list-name-indicator = Indicator
task-list-takes-indicator = Code of the indicator that it moves
task-list-example-indicator = A01
task-list-name-period = Period
task-list-takes-period = The period it asks about: 2026-12, 2026-Q4, 2026; no deadline before its cut-off
task-list-example-period = 2026-Q4
task-indicator = Indicator it moves
task-indicator-hint = What it stands at is shown on the page of the task
task-period = Period it asks about
task-period-hint = The deadline does not lie before the figures of the period are closed
tasking-before-cut-off = The deadline { $deadline } comes before the figures of { $period }, whose cut-off is { $day }. Choose { $first } or a later day, or ask about another period.
