
## Urging that reaches people

letter-heading = Letter of urging
letter-why = The letter lists the tasks, plans and reports that the units below are late with; reports as long as they are urged.
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
letter-plans = { $count ->
    [one] one plan
   *[other] { $count } plans
}
letter-both = { $first } and { $last }
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
letter-list = Tasks and reports past their deadlines
letter-number = No.
letter-unit = Unit
letter-what = Task or report
letter-deadline = Deadline
letter-days = Days late
letter-task-of = { $work } (led by { $lead })
letter-plan = The plan for { $name }
letter-plan-of = The plan for { $name } (by { $unit })
letter-periods = { $count } periods from { $first } to { $last }
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
reaching-without-days = Write at least one day of reminding, or tick “Remind nobody of it any more”.
reaching-without-end = Write for how many days after the deadline people are reminded, 0 or more.
reaching-no-hour = “{ $text }” is no hour of the day. Write a number from 0 to 23.
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
mail-left-out = { $count } more do not stand here.
mail-page = Everything to be done: { $address }
mail-end = This mail follows the days of reminding. To get no more of them, empty your mail address at { $address }
mail-heading = Reminders by mail
mail-why = With an address here, reminders come by mail too, one mail for each run. Left empty, no mail is sent.
mail-address = Mail address
mail-language = Language of the mails
mail-save = Save the address
delivery-heading = Reminders sent out
delivery-first = waits to be sent
delivery-waiting = not sent, tried again at { $moment } ({ $why })
delivery-sending = on its way since { $moment }
delivery-arrived = { $receiver } took it at { $moment }
delivery-refused = { $receiver } refused it at { $moment }; look at the address again ({ $why })
delivery-given-up = given up after three days ({ $why })
delivery-silent = { $receiver } could not be reached
delivery-code = code { $answer }
delivery-no-server = the office has no mail server
delivery-not-secret = the mail server does not encrypt the connection, so nothing is sent; whoever runs it turns on STARTTLS
delivery-not-trusted = the certificate of the mail server is not trusted, so nothing is sent; whoever runs it checks its name and certificate
delivery-not-signed-in = the mail server does not let this program sign in; whoever runs it checks the name and password for sending
mail-no-server = The office has no mail server, so no mails are sent at present. See My work for what to do. An address saved here is used once there is one.
mail-comes-from = Mails come from
delivery-needless = not needed any more
deed-delivery-ended = Send reminders
deed-mail-set = Set a mail address
thing-delivery = sending of reminders { $id }
reaching-not-an-address = “{ $text }” is no mail address. Write the name, an @ and the domain, such as can.bo@nasam.gov.vn.
delivery-by-mail = the mail server
delivery-by-hook = the receiver
hook-hello = Reminders for { $unit }
hook-of = { $unit }, webhook at { $host }
hooks-heading = Reminders for other programs (webhooks)
hooks-why = With each run of reminders, those of the unit and all below are sent to this address as JSON, with a text that can be put into a chat group as it is. The receiver checks the signature as in Standard Webhooks.
hooks-known = Sent to
hooks-none = Nothing is sent anywhere yet.
hooks-new = Add a receiver
hook-address = Address of the webhook
hook-address-hint = It begins with https://
hook-unit = Code of the unit
hook-unit-hint = The reminders of this unit and all below
hook-make = Add the webhook
hook-end = Stop sending
hook-end-of = Stop sending reminders of { $unit } to { $host }
hook-made = added at { $moment }
hook-nothing-yet = no run of reminders yet
hook-newest = newest: { $outcome }
hook-secret = Signing secret
hook-secret-once = Copy this secret into the receiving program now. It is shown once.
hook-address-made = The reminders of { $unit } will be sent to { $host }.
hooks-code-stale = Give a one-time code again before you add a receiver
deed-hook-made = Add a webhook
deed-hook-ended = Stop sending to a webhook
thing-hook = webhook { $id }
noun-hook = webhook
committed-secret = signing secret
reaching-no-web-address = “{ $text }” is no address of a webhook. Copy the whole address that the receiving program gives, beginning with https://.
reaching-open-address = “{ $text }” would be sent to without encryption. Use an address that begins with https://.
reaching-private-address = “{ $text }” leads into a private network. Use an address on the internet, or ask whoever runs the server to allow sending into private networks.
reaching-too-many-hooks = The unit has { $most } webhooks. Stop sending to one that is not used any more, then add it again.
