
# Directives
directives-heading = Directives
directives-found = { $count ->
    [one] { $count } directive, { $current } in force
   *[other] { $count } directives, { $current } in force
}
directives-none = No directives yet
directives-nothing = No directive holds these words. Try others, or look at all of them.
directives-tree = By level
directives-by-date = Newest first
directives-text = Search numbers and titles
directives-new = Enter a directive
directives-below-new = Enter one that carries it out
directives-edit = Change
directives-edit-heading = Change directive { $number }
directives-write-why = Tasks and targets rest on what is entered here. Do not enter documents marked Mật, Tối mật or Tuyệt mật (state secrets).
directives-own-only = Your role as a planner covers: { $units }. You enter directives that these units issue; write the code of the unit that issues it. Others are entered by whoever plans for all units.
directives-look-only = Another unit issued this directive, so you can only look. Whoever plans for that unit or for all units changes it.
directing-day-to-come = { $day } is still to come. Enter the day on which it was issued.
directing-before = It carries out { $number } of { $day }. Enter that day or a later one.
directing-of-another-unit = Another unit issued { $number }, so only whoever plans for that unit replaces or amends it.
directives-save = Save
directives-all = All directives
directives-saved = The directive was saved.
directive-number = Number
directive-number-hint = As printed, such as 15-KH/TU
directive-kind = Kind
directive-kind-hint = Chỉ thị, Kết luận, Nghị quyết, Kế hoạch, Công văn …
directive-issuer = Issued by
directive-issuer-en = Issued by (in English)
directive-date = Date
directive-title = What it says
directive-title-en = What it says (in English)
directive-from = First day
directive-to = Last day
directive-term = Term
directive-term-within = { $from } to { $to }
directive-term-from = from { $from }
directive-term-to = until { $to }
directive-implements = Carries out
directive-replaces = Replaces
directive-amends = Amends
directive-replaced-by = Replaced by
directive-amended-by = Amended by
directive-several-hint = One a line, by its number; by its code where several have the same number.
directive-line-replaces = in place of { $numbers }
directive-line-amends = amends { $numbers }
directive-no-other = None
directive-coming = from { $day }
directive-in-force = in force
directive-ended = ended after { $day }
directive-replaced = replaced by { $number }
directive-below = Carried out by
directive-below-none = No directive carries this one out yet.
directive-priorities = Priorities
directive-tasks = Tasks
directive-tasks-none = { $unit } and the units below have no tasks from this directive yet.
directive-tasks-some = { $count ->
    [one] { $unit } and the units below have { $count } task from this directive, { $late } overdue
   *[other] { $unit } and the units below have { $count } tasks from this directive, { $late } overdue
}
directive-tasks-new = Give tasks from this directive
directing-secret = Documents marked “{ $mark }” do not belong into this system. Take this out and keep the document under the rules for state secrets. If it is not secret and only mentions the word, write it in other words.
directing-circle = These directives would refer to one another in a circle: { $numbers }. Choose another one.
directing-ends-before-beginning = The last day is before the first, { $day }. Choose that day or a later one.
directing-number-taken = There is a directive { $number } of this issuer and year already. Open that one to change it, or look at the number again.
directing-too-long = This is longer than { $most } characters. Write it shorter.
directing-several-of-number = Several directives have the number { $number }. Write the code of the one that is meant: { $codes }.
directing-changed-meanwhile = Somebody else has changed this directive since you opened the page. What you typed stands below, beside what is saved. Compare the fields, then save what stands in them.
directing-saved-meanwhile = Saved by now: { $text }
directing-emptied-meanwhile = Saved by now: nothing
secrecy-secret = Mật (secret)
secrecy-top-secret = Tối mật (top secret)
secrecy-ultra-secret = Tuyệt mật (ultra secret)
deed-directive-entered = Directive entered
deed-directive-changed = Directive changed
