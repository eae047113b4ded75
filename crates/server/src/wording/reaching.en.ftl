
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
mail-sender = Reminders
mail-subject = { $count ->
    [one] One thing to do
   *[other] { $count } things to do
}
mail-hello = Dear { $name },
mail-found = { $count ->
    [one] This is not done yet as of { $day }:
   *[other] These { $count } are not done yet as of { $day }:
}
mail-line = { $count ->
    [1] { $number }. { $about }: due { $day }, { $standing }
   *[other] { $number }. { $about }, { $count } units: due { $day }, { $standing }
}
mail-left-out = { $count } more do not stand in this mail.
mail-page = Everything to be done: { $address }
mail-end = This mail follows the days of reminding. To get no more of them, empty your mail address at { $address }
mail-heading = Reminders by mail
mail-why = With an address here, reminders come by mail too, one mail for each run. Left empty, no mail is sent.
mail-address = Mail address
mail-language = Language of the mails
mail-save = Save the address
delivery-heading = Reminders by mail
delivery-first = waits to be sent
delivery-waiting = not sent, tried again at { $moment } ({ $answer ->
    [none] the mail server could not be reached
   *[other] code { $answer }
})
delivery-sending = on its way since { $moment }
delivery-arrived = the mail server took it at { $moment }
delivery-refused = the mail server refused it at { $moment }; look at the address again ({ $answer ->
    [none] the mail server could not be reached
   *[other] code { $answer }
})
delivery-given-up = given up after three days ({ $answer ->
    [none] the mail server could not be reached
   *[other] code { $answer }
})
delivery-needless = not needed any more
deed-delivery-ended = Send reminders by mail
deed-mail-set = Set a mail address
thing-delivery = mail of reminders { $id }
reaching-not-an-address = “{ $text }” is no mail address. Write the name, an @ and the domain, such as can.bo@nasam.gov.vn.
