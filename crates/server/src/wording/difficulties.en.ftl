
## Difficulties

difficulty-waiting = waits for an answer
difficulty-answered = answered
difficulty-closed = closed
difficulty-in-time = answered in time
difficulty-late = { $days ->
    [one] answered a day late
   *[other] answered { $days } days late
}
difficulty-unanswered = not answered
difficulty-did-raise = Difficulty raised
difficulty-did-pass-on = Difficulty passed on
difficulty-did-answer = Difficulty answered
difficulty-did-ask-again = Asked again
difficulty-did-close = Difficulty closed
difficulty-did-settle = Difficulty closed from above
difficulty-act-raise = Raise a difficulty
difficulty-act-pass-on = Pass on to another unit
difficulty-act-answer = Answer
difficulty-act-ask-again = Not solved: ask again
difficulty-act-close = Close
difficulty-act-settle = Close with a reason
difficulty-words-answer = The answer, and how it is solved
difficulty-words-ask-again = What is still in the way
raising-without-trouble = Nothing says what is in the way. Write one line about it.
raising-too-long = This is longer than { $most } characters. Write it shorter.
raising-without-holder = No unit was chosen to answer. Choose one above.
raising-not-above = { $holder } does not stand above { $unit }. Choose another unit above.
raising-others-task = { $unit } does not lead this task and does not help with it. Choose the unit that works on it, or leave the task out.
raising-others-difficulty = This is a difficulty of { $unit }; only that unit, or whoever raised it, says whether it is solved. From above it is closed with “Close with a reason”.
raising-same-holder = It lies with this unit already. Choose another one, or answer it.
raising-without-day = No day for the answer was chosen. Choose today or a later day.
raising-day-past = { $day } is over. Choose today or a later day.
raising-without-words = Not written yet: { $what }. Write it here and press again.
raising-wrong-state = This difficulty stands at “{ $state }”, so “{ $act }” cannot be done. Load the page again to see what can.
raising-changed-meanwhile = Somebody else has just done something with this difficulty. Look at the newest steps below and do it again; what you wrote is still here.
noun-difficulty = difficulty
thing-difficulty = difficulty { $id }
committed-answer = the answer or reason
difficulties-heading = Difficulties
difficulties-one = Difficulty
difficulties-new-why = Say briefly what is in the way, who has to answer, and by when.
difficulties-none = No difficulties yet.
difficulties-finding = { $waiting ->
    [one] One difficulty waits
   *[other] { $waiting } difficulties wait
} for an answer, { $overdue } overdue
difficulties-rate = { $answered } answered: { $in_time } in time, { $late } late; half of them { $days ->
    [0] on the same day
    [one] within a day
   *[other] within { $days } days
}.
difficulties-which = Which difficulties
difficulties-all = All
difficulty-trouble = What is in the way
difficulty-detail = More about it, and what would help
difficulty-unit = Raised by
difficulty-holder = Answers
difficulty-task = About the task
difficulties-about-task = Difficulties about this task
difficulties-holders = How fast units answer
difficulties-count-waiting = Waiting
difficulties-count-overdue = Overdue
difficulties-count-in-time = In time
difficulties-count-late = Late
difficulties-count-days = Half within (days)
difficulty-new-holder = Pass on to
difficulty-nobody-above = This unit has none above it here, so it cannot raise difficulties.
difficulty-due = Answer needed by
difficulty-asked-on = Raised on
difficulty-answered-on = Answered on
difficulty-passed-to = { $did }: { $unit }
difficulty-asked-till = { $did }, answer needed by { $day }
entry-received-difficulty = This difficulty arrived at { $moment }.
entry-difficulty-tell = Difficulties do not travel in the file and the codes; read this one to an officer, who writes it down:
work-difficulties = Difficulties that wait
work-count-difficulties = { $count ->
    [one] one difficulty
   *[other] { $count } difficulties
}
demo-difficulty-road = A landslide blocks the road to the village; lorries cannot get in
demo-difficulty-road-detail = The commune has to send an excavator this week (sample data)
demo-difficulty-member = Two candidates work far away; no course fits them yet
demo-difficulty-member-answer = The commune holds the course at the week-end; send the list by Thursday (sample data)
