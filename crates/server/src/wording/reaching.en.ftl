
## Urging that reaches people

letter-heading = Letter of urging
letter-why = The letter lists the tasks and reports that the units below are late with.
letter-by = To be done by
letter-write = Write the letter (DOCX)
letter-file = letter-of-urging
letter-about = urging of tasks and reports that are late
letter-tasks = { $count ->
    [one] one task
   *[other] { $count } tasks
}
letter-forms = { $count ->
    [one] one report
   *[other] { $count } reports
}
letter-both = { $tasks } and { $forms }
letter-found = Of what was asked for, { $what } of { $units ->
    [one] one unit
   *[other] { $units } units
} are past their deadlines and not done as of { $day }:
letter-found-listed = Of what was asked for, { $what } of { $units ->
    [one] one unit
   *[other] { $units } units
} are past their deadlines and not done as of { $day } (see the appendix).
letter-ask = { $agency } asks these units to do this without delay and to send the results by { $day }. Units that meet difficulties report the reasons, and by when they will be done, so that they can be helped.
letter-close = The units are asked to see to it.
letter-listed-units = The units named in the appendix
letter-as-above = As above
letter-kept = Records office
letter-list = Tasks and reports past their deadlines
letter-number = No.
letter-unit = Unit
letter-what = Task or report
letter-deadline = Deadline
letter-days = Days late
letter-task-of = { $work } (led by { $lead })
letter-form = { $form }, { $period }
letter-form-of = { $form }, { $period } (not sent by { $units })
letter-form-more = { $form }, { $period } (not sent by { $units } and { $others ->
    [one] one other
   *[other] { $others } others
})
letter-extended = { $first }, extended to { $day }
letter-left-out = { $count } more are past their deadlines and not named in this list.
reaching-nobody-late = No unit below is late, so there is nothing to write a letter about. Choose another unit, or look again later.
reaching-day-not-to-come = The new deadline has to be a day to come. Choose { $day } or a later one.
