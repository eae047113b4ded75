
## Urging

urging-heading = Urging
urging-finding = To be urged today: { $what }
urging-nothing = Nothing has to be urged today
urging-copy = Message for a chat group
urging-message = The following units are asked to act (as of { $day }):
urging-message-line = { $number }. { $lead }: { $work } – deadline { $day }, { $standing }.
urging-log = Who was reminded
urging-none = No reminders yet.
urging-older = Older reminders
urging-gone = something that is gone
urging-to-lead = { $others ->
    [0] to { $unit }
    [one] to { $unit } and one other unit
   *[other] to { $unit } and { $others } other units
}
urging-to-superior = { $others ->
    [0] to { $unit }, because the lead is still late
   *[other] to { $unit }, about units that are late
}
urging-helped = { $helped } of { $count } were sent
urging-on-the-day = on the day of the deadline
urging-before = { $days ->
    [one] one day before the deadline
   *[other] { $days } days before the deadline
}
urging-after = { $days ->
    [one] one day after the deadline
   *[other] { $days } days after the deadline
}
urging-when = { $moment }, { $offset } ({ $day })
urging-open = not done yet
urging-closed = no longer to be done
urging-sent = sent meanwhile
urging-done = done on { $day }
urging-policies = Days of reminding
urging-policies-why = Of everything there is one reminder on each of these days, between seven and twenty o'clock. After days on which the server was off, only the newest is made.
urging-of-tasks = Reminders of tasks
urging-of-submissions = Reminders of figures
urging-of-difficulties = Reminders of answers to difficulties
urging-offsets = Days of reminding, from the deadline
urging-offsets-hint = Negative before it, 0 on it: -7, -3, -1, 0, 1, 3
urging-every = After the last of them, again every so many days
urging-escalates = Days after the deadline on which the issuer is told
urging-lasts = Days after the deadline on which reminding ends
urging-quiet-from = Nothing goes out from which hour
urging-quiet-until = Goes out again from which hour
urging-quiet-hint = What is due in between goes out at the end of it. Write the same hour twice for no quiet hours.
urging-channels = Beside the pages, by
urging-by-mail = Mail
urging-by-hook = Webhook
urging-roles = Mails only to people with the role
urging-roles-hint = Tick none for everybody who has to do with it.
urging-off = Remind nobody of it any more
urging-look-only = The schedule is one for all units, so here you can only look. Whoever plans for all units changes it.
urging-save = Save
deed-urged = Remind
deed-urging-changed = Change days of reminding
thing-urging = run of reminders { $id }
