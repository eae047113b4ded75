
## Choosing priorities

criterion-key = Key
criterion-urgent = Urgent
criterion-complained = Much complained of
criterion-key-asks = Other things move only when this one does.
criterion-urgent-asks = It cannot wait: why it has to be done in this term.
criterion-complained-asks = People have raised it again and again.
proposal-open = being scored
proposal-chosen = chosen
proposal-declined = declined
deed-proposal-opened = Priority proposed
deed-proposal-scored = Proposal scored
deed-proposal-discussed = Proposal discussed
noun-proposal = proposal
thing-proposal = proposal { $id } of a priority
thing-score = score { $id }
thing-remark = remark { $id }
committed-score = the points and reasons
choosing-without-name = It has no name yet. Say in a few words what has to move.
choosing-without-term = The first and the last year are not both there. Write two years between 2000 and 2100, such as 2025 and 2030.
choosing-ends-before-beginning = It would end before it begins. Change one of the years.
choosing-without-why = Nothing is said for it. Say why for one criterion at least.
choosing-too-long = This is longer than { $most } characters. Write it shorter.
choosing-without-points = No points yet for “{ $criterion }”. Choose from 0 to 5.
choosing-without-reason = No reason yet for the points for “{ $criterion }”. One sentence is enough.
choosing-without-remark = Nothing is written yet. Write your remark and press again.
choosing-decided = This proposal is decided, so it is scored and discussed no more. Load the page again to see the decision.
proposals-heading = Proposals of priorities
proposals-one = Proposal
proposals-new = Propose a priority
proposals-new-why = Only a few things are chosen: key, urgent or much complained of. Say why in words, and with figures that the system has.
proposals-none = No proposals yet. Whoever plans for the unit opens the first one.
proposals-finding = { $open ->
    [one] One proposal is being scored
   *[other] { $open } proposals are being scored
}
proposals-finding-todo = { $open ->
    [one] One proposal is being scored
   *[other] { $open } proposals are being scored
}, { $todo } without your points
proposals-secret-note = Everybody gives their own points before seeing those of the others.
proposals-side-by-side = The proposals side by side
proposals-decided = Decided
proposals-column-name = Proposal
proposals-column-all = Overall
proposals-column-scorers = Scored by
proposals-column-state = State
proposals-hidden = after your own points
proposals-no-scores = no points yet
proposals-mean-note = Means on a scale from 0 to 5; in brackets the fewest and the most points.
proposal-unit = Unit
proposal-name = Name
proposal-name-en = Name in English (if there is one)
proposal-from = From the year
proposal-to = To the year
proposal-directive = Follows from
proposal-no-directive = No directive
proposal-why = Why
proposal-indicator = A figure that shows it (if there is one)
proposal-no-indicator = No figure
proposal-period = Period of the figure
proposal-open-it = Open the proposal
proposal-term = Term
proposal-by = Opened by
proposal-opened-on = Opened on
proposal-nothing-said = Nothing is said for it.
proposal-scores = Points of the members
proposal-scores-count = { $count ->
    [one] One person has scored it.
   *[other] { $count } people have scored it.
}
proposal-score-own = Your points
proposal-score-change = Change your points
proposal-points = Points for “{ $criterion }” (0–5)
proposal-points-none = Choose
proposal-reason = Reason for the points for “{ $criterion }”
proposal-score-save = Send the points
proposal-score-saved = Your points have arrived. They can be changed until it is decided.
proposal-member = Member
proposal-remarks = Discussion
proposal-remarks-none = No remarks yet.
proposal-remark = Your remark
proposal-remark-save = Send the remark
deed-proposal-chosen = Proposal chosen
deed-proposal-declined = Proposal declined
deed-priority-begun = Priority begun
deed-priority-retired = Priority ended
thing-priority = priority { $id }
choosing-without-because = There is no reason yet. Say in a sentence why it is decided so.
choosing-without-document = There is no document yet. Choose one of the register, or write both number and day.
choosing-decided-later = { $day } is still to come. Enter the day of the decision.
choosing-without-head = Nobody is named who answers for it. Write office and name.
choosing-owner-elsewhere = Whoever answers for it has to be { $unit } or stand below it. Choose another unit.
choosing-too-many = The unit has { $current } priorities; with one more they are none. End one, or say why one more is needed.
choosing-chosen-before = { $code } was chosen by a unit before. Choose “a new one” or another one.
choosing-of-the-plan = This priority stands in the plan and no unit has chosen it, so it does not end here. Change it in its pack.
choosing-ended-before = It has ended; its last day is { $day }. Load the page again to see it.
choosing-without-day = No last day was chosen. Choose one.
choosing-ends-before-chosen = It was chosen on { $day } and cannot end before. Choose another day.
decision-heading = Decision
decision-choose = Choose as a priority
decision-decline = Decline
decision-directive = Document that decides it
decision-no-directive = A document that the register does not have
decision-number = Its number (when the register does not have it)
decision-date = Its day
decision-reason = Reason
decision-existing = Which priority it is
decision-new = A new one
decision-owner = Unit that answers for it
decision-head = Head who answers for it (office and name)
decision-indicators = Indicators it is judged by
decision-many = Why one more beside { $current }
decision-on = Decided on
decision-other = { $number } of { $day }
decision-priority = Priority
priorities-heading = Priorities
priorities-finding = { $current ->
    [one] One priority that the unit has chosen
   *[other] { $current } priorities that the unit has chosen
}
priorities-many = More than five. Only a few get the whole strength.
priorities-own = Under way
priorities-own-none = The unit has not chosen any from its proposals.
priorities-planned = Of units above, and in the common plan
priorities-ended = Ended
priority-page-owner = Answers for it
priority-head = Head
priority-term = Term
priority-chosen-on = Chosen on
priority-ended-on = Last day
priority-ended-because = Why it ended
priority-successor = Replaced by
priority-predecessor = In place of
priority-decided-in = Decided in
priority-decided-because = Why it was chosen
priority-why-many = Why there are more than five
priority-from-proposal = From the proposal
priority-scores-then = Points then
priority-scores-said = { $scores }; scored by { $count }
priority-directive = Follows from
priority-reason = Why
priority-indicators = Indicators
priority-indicators-none = No indicators yet.
priority-tasks = Tasks
priority-tasks-some = { $count ->
    [one] One task
   *[other] { $count } tasks
} in { $unit } and below, { $late } overdue
priority-tasks-none = No tasks yet.
priority-tasks-all = All its tasks
priority-difficulties = Difficulties
priority-retire = End or replace
priority-retire-why = Everything about it stays as it is.
priority-no-successor = Nothing comes in its place
priority-because = Reason
demo-proposal-order = Urban order around the Na Sầm market
demo-proposal-order-key = Trade grows only with a clear road and a tidy market (sample data)
demo-proposal-order-urgent = The new market has its roof; the move has to be over before the rains (sample data)
demo-proposal-order-complained = Voters spoke of trade in the roadway at all three meetings (sample data)
demo-proposal-roads = Concrete roads inside the villages
demo-proposal-roads-why = Twelve villages still have earth roads that no motorcycle passes in the rains (sample data)
demo-proposal-water = Clean water for the upland villages
demo-proposal-water-why = Three villages are short of water from October to March (sample data)
demo-proposal-reason = By what residents say and the figures beside it (sample data)
demo-proposal-remark = It has to go together with the market’s move, or the pavement fills again (sample data)
demo-decision-head = Chair of the Na Sầm people’s committee
demo-decision-chosen = The most points, the loudest complaints, and a new market to move to (sample data)
demo-decision-declined = The building plan has it already; it is steady work and no breakthrough (sample data)
