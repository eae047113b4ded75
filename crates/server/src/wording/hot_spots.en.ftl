
## Hot spots

hot-spots-heading = Hot spots
hot-spots-finding = { $count ->
    [0] Nothing needs a decision
    [one] One thing needs a decision
   *[other] { $count } things need a decision
}
hot-spots-none = Nothing has reached the threshold of a rule.
hot-spot-behind = { $unit }: { $indicator } at { $value }, planned by now { $planned }, { $percent }% away ({ $period })
hot-spot-behind-others = { $count ->
    [one] { $said }; so is one more unit
   *[other] { $said }; so are { $count } more units
}
hot-spot-overdue = { $lead }: “{ $work }” is overdue by { $days ->
    [one] one day
   *[other] { $days } days
} (deadline { $day })
hot-spot-overdue-many = { $count } of { $of } units are overdue with “{ $work }” (deadline { $day }); longest { $lead }, by { $days ->
    [one] one day
   *[other] { $days } days
}
hot-spot-asked = { $lead } asks to have “{ $work }” until { $day } and has waited { $days ->
    [one] one day
   *[other] { $days } days
}
hot-spot-asked-many = { $count } units ask for more time for “{ $work }”; longest has waited { $lead }, { $days ->
    [one] one day
   *[other] { $days } days
}, until { $day }
hot-spot-unconfirmed = { $lead } handed in “{ $work }” on { $day } and has waited { $days ->
    [one] one day
   *[other] { $days } days
} for confirmation
hot-spot-unconfirmed-many = { $count } units have handed in “{ $work }” and are not confirmed; longest has waited { $lead }, { $days ->
    [one] one day
   *[other] { $days } days
}, since { $day }
hot-spot-missing = { $missing } of { $expected } units have not sent { $form }, { $period } (deadline { $day })
hot-spot-unanswered = { $unit } has had no answer to “{ $trouble }”: { $days ->
    [one] a day
   *[other] { $days } days
} overdue (due { $day })
hot-spot-plans = { $missing } of { $expected } units have not issued the plan that { $directive } asks for: { $days ->
    [one] a day
   *[other] { $days } days
} overdue (due { $day })
hot-spot-owner = Answerable: { $owner }
hot-spot-give = Give a task
hot-spot-look = Look and act
hot-spot-answer = Answer
hot-spot-confirm = Confirm
hot-spot-urge = Urge
hot-spot-why = Why
hot-spot-because = Rule “{ $rule }”: from { $least } on; here { $measure }. Weight { $weight }, score { $score }.
hot-spot-days = { $count ->
    [one] one day
   *[other] { $count } days
}
hot-spot-percent = { $count }%
hot-spot-rules = Rules of hot spots
hot-spot-rules-why = What reaches a threshold gets a score: the weight, as often as the threshold is exceeded. The seven highest are shown, of each kind no more than is set. Every change is recorded in the ledger.
hot-spots-look-only = These rules are the same for all units, so here you can only look. Whoever plans for all units changes them.
hot-spot-rule-behind = Indicator away from its plan
hot-spot-rule-overdue = Task overdue
hot-spot-rule-time-asked = More time asked for, not answered
hot-spot-rule-unconfirmed = Handed in, not confirmed
hot-spot-rule-missing = Figures missing around the deadline
hot-spot-rule-unanswered = Difficulties unanswered past their day
hot-spot-rule-plans = Plans asked for and not issued in time
hot-spot-least-percent = From which percentage on
hot-spot-least-days = From how many days on
hot-spot-within = Days before and after the deadline
hot-spot-weight = Weight
hot-spot-weight-hint = 0 switches the rule off.
hot-spot-most = The most to show
hot-spot-save = Save the rule
deed-hot-spots-changed = Change rules of hot spots
thing-hot-spots = rule of hot spots { $id }
