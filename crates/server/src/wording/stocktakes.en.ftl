
## Stocktakes

stocktakes-heading = Stocktakes
stocktakes-none = No meeting yet
stocktakes-finding = { $closed ->
    [one] 1 meeting
   *[other] { $closed } meetings
} closed, { $ahead } being prepared
stocktakes-finding-off = { $closed ->
    [one] 1 meeting
   *[other] { $closed } meetings
} closed, { $ahead } being prepared, { $off } called off
stocktakes-new = Call a meeting
stocktakes-new-why = The agenda is made from what is behind, late and undecided in the unit; leave out or add afterwards.
stocktake-regular = Regular meeting
stocktake-interim = Interim review
stocktake-final = Final review
stocktake-title = { $meeting } on { $day }
stocktake-finding-ahead = { $title } has { $items ->
    [one] 1 item
   *[other] { $items } items
} to speak about
stocktake-finding-nothing = { $title } was closed without a conclusion
stocktake-finding-called-off = { $title } is not held
stocktake-finding-closed = { $title } came to a conclusion about { $items ->
    [one] 1 item
   *[other] { $items } items
} and gave { $tasks ->
    [one] 1 task
   *[other] { $tasks } tasks
}
stocktake-unit = Unit
stocktake-meeting = Kind
stocktake-day = Day
stocktake-place = Place
stocktake-chair = Chair
stocktake-period = Span of the figures
stocktake-chair-hint = Position and name
stocktake-call = Make the agenda
stocktake-state-ahead = being prepared
stocktake-state-frozen = figures frozen
stocktake-state-closed = closed on { $day }
stocktake-state-called-off = called off on { $day }
stocktake-why-off = Why it is not held
stocktake-agenda = Agenda and minutes
stocktake-agenda-none = Nothing is behind, late or undecided.
stocktake-topic-behind = Indicator behind: { $name }
stocktake-topic-late-task = Task overdue: { $name }
stocktake-topic-late-plan = Plans overdue: { $name }
stocktake-topic-late-form = Figures missing: { $name }
stocktake-topic-undecided = Waits for a decision: { $name }
stocktake-topic-difficulty = Difficulty without an answer: { $name }
stocktake-topic-gone = something that is gone
stocktake-keep = Speak about: { $name }
stocktake-kept = Speak about it
stocktake-minutes-hint = What was said and concluded
stocktake-minutes = What was said and concluded: { $name }
stocktake-own = What you wrote, not saved yet:
stocktake-save = Save agenda and minutes
stocktake-add = Add an item
stocktake-add-title = Something else
stocktake-left-out = Left out or without a conclusion: { $count ->
    [one] 1 item
   *[other] { $count } items
}
stocktake-decide = Give a task
stocktake-decide-about = Give a task about: { $name }
stocktake-decisions = Tasks given
stocktake-figures = Figures of the meeting
stocktake-figures-ahead = The figures as they are now. Once frozen, the whole meeting uses one set, which nobody can change.
stocktake-figures-now = The figures as they are now, not frozen yet.
stocktake-figures-none = There is no headline indicator yet.
stocktake-figures-frozen = Frozen when the ledger had { $size } entries; inspecting the ledger finds any change.
stocktake-freeze = Freeze the figures
stocktake-close = Close the meeting
stocktake-close-why = Once it is closed, agenda, minutes and forecasts stay as they are.
stocktake-close-nothing = Nothing is concluded yet: closed now, it has nothing to make known.
stocktake-close-from = It can be closed from its day on, { $day }.
stocktake-correct = Correct day, place or chair
stocktake-correct-save = Save the correction
stocktake-call-off = Call this meeting off
stocktake-call-off-why = Why
stocktake-call-off-hint = It stays in the list, takes nothing more and has no notice of conclusions. Tasks that were given stay tasks.
stocktake-call-off-do = Call it off
stocktake-figure = Indicator
stocktake-value = Result
stocktake-target = Target
stocktake-status = Status
stocktake-completeness = Complete
stocktake-before = Forecast last time ({ $day })
stocktake-forecasts = Forecasts of this meeting
stocktake-forecast-cell = { $value }, confidence { $confidence }/10
stocktake-forecast-line = { $name }: { $forecast }. Why: { $reason }
stocktake-forecast-enter = Enter a forecast
stocktake-forecast-save = Save the forecast
stocktake-forecast-value = Expected at the end of the term
stocktake-forecast-confidence = Confidence, from 1 to 10
stocktake-forecast-reason = Why
stocktaking-unsaid = Write { $what }.
stocktaking-place = where it is held
stocktaking-chair = who chairs it
stocktaking-title = what the item is about
stocktaking-reason = why the forecast is what it is
stocktaking-why-called-off = why it is not held
stocktaking-too-long = Shorten it to { $most } characters.
stocktaking-too-many = An agenda takes { $most } items; put some together or leave them to the next meeting.
stocktaking-confidence = Write a confidence from 1 to 10.
stocktaking-changed-meanwhile = Somebody has just written about item { $items }. Read it, add what is yours and save again.
stocktaking-figures-moved = New figures have just come in. Look again, then freeze once more.
stocktaking-already-frozen = The figures are frozen and are not frozen again. For newer ones call another meeting.
stocktaking-not-frozen = Freeze the figures before closing the meeting.
stocktaking-closed = The meeting is closed and takes nothing more. Bring new things to the next one.
stocktaking-called-off = This meeting was called off and takes nothing more. Bring new things to another one.
stocktaking-nothing-concluded = The meeting came to no conclusion, so there is no notice of conclusions.
stocktaking-not-held-yet = The meeting of { $day } has not been held. Close it from that day on; if it was held earlier, correct its day first.
stocktaking-too-long-ago = { $day } is more than { $days } days ago. Enter a day from { $first } on.
stocktaking-period-frozen = The figures are frozen, so their span stays. For another span call another meeting.
stocktaking-corrected-meanwhile = Somebody has just corrected day, place, chair or span. Look at it, then correct it again if needed.
noun-stocktake = meeting
deed-stocktake-call = Call a meeting
deed-stocktake-write = Write agenda or minutes
deed-stocktake-correct = Correct day, place or chair of a meeting
deed-stocktake-freeze = Freeze figures of a meeting
deed-stocktake-close = Close a meeting
deed-stocktake-call-off = Call a meeting off
thing-stocktake = meeting { $id }
task-decided = Decided at
work-count-stocktakes = { $count ->
    [one] 1 meeting to prepare
   *[other] { $count } meetings to prepare
}
work-count-hot = { $count ->
    [one] 1 hot spot to decide on
   *[other] { $count } hot spots to decide on
}
work-stocktakes = Meetings being prepared
demo-stocktake-place = Meeting room 1 (sample data)
demo-stocktake-chair = Deputy Secretary of the provincial Party committee
demo-stocktake-minutes = The remaining communes issue their plans by the 10th; whoever is held up says so at once (sample data)
demo-stocktake-work = Issue the plan for the breakthrough contents of 2027
demo-stocktake-product = The commune's plan
demo-stocktake-reason = The cells have candidates, and the course begins this month (sample data)
stocktaking-not-closed = Close the meeting first; then the notice of its conclusions is made.

## The notice of conclusions

conclusions-write = Make the notice of conclusions (DOCX)
conclusions-write-party = Make it in the layout of the Party (DOCX)
conclusions-file = notice-of-conclusions
conclusions-kind = Notice
conclusions-about = Conclusions of { $chair } at { $meeting } on { $day }
conclusions-regular = the regular meeting
conclusions-interim = the interim review
conclusions-final = the final review
conclusions-opening = On { $day }, at { $place }, { $chair } chaired { $meeting }. Having heard the reports and what those present had to say, { $chair } concluded as follows:
conclusions-items = Conclusions
conclusions-task = { $leads } to lead: { $work }; product: { $product }; by { $day }.
conclusions-task-open = { $leads } to lead: { $work }; product: { $product }.
conclusions-tasks = { $leads } and { $others } other units to lead: { $work }; product: { $product }; by { $day }.
conclusions-tasks-open = { $leads } and { $others } other units to lead: { $work }; product: { $product }.
conclusions-figures = Figures of the meeting
conclusions-forecast = Forecast for the end of the term: { $forecast }
conclusions-figures-of = Figures of { $period }, frozen when the ledger had { $size } entries:
conclusions-close = { $agency } makes this known to all units, to be carried out
