## Numbers and dates

money = { $amount } dong
moment = { $time }, { $day }
period-week = week { $number } of { $year }
period-quarter = quarter { $number } of { $year }
period-first-half = first half of { $year }
period-second-half = second half of { $year }
period-nine-months = first nine months of { $year }
period-year = { $year }
period-years = { $from }–{ $to }
period-span = { $from } to { $to }
period-with-days = { $period } ({ $first } to { $last })
frequency-daily = daily
frequency-weekly = weekly
frequency-monthly = monthly
frequency-quarterly = quarterly
frequency-half-yearly = half-yearly
frequency-yearly = yearly

## Phrases of a report

target-share = { $share } of the target
target-share-year = { $share } of the year’s target
target-is = target { $value }
no-target = no target set
time-passed = { $share } of the time gone
against-last-year = { $change } on the same period last year
same-as-last-year = the same as in the same period last year
no-figure-last-year = no figures for the same period last year
nothing-last-year = none in the same period last year
against-span = { $change } on { $span }
same-as-span = the same as in { $span }
no-figure-in-span = no figures for { $span }
nothing-in-span = none in { $span }
not-below-span = no lower than in { $span }
not-above-span = no higher than in { $span }
about-span = about the same as in { $span }
level-against-last-year = { $share } of the same period last year
points = { $points } percentage points
change-up = up { $by }
change-down = down { $by }
change-none = unchanged
change-not-below = no lower than before
change-not-above = no higher than before
change-about-none = about unchanged
change-unclear = not exact enough to compare
coverage = { $count } { $measure } ({ $share })
coverage-beside = { $measure } ({ $share })
since-new-year = since the start of the year: { $counted }
since-year = since { $year }: { $counted }
units-missing-some = { $missing } of { $expected } units lack a period
units-missing = { $missing } of { $expected } units have not reported
units-complete = { $expected ->
        [one] the one unit has reported
       *[other] all { $expected } units have reported
    }
nobody-asked = no unit had to report
nothing-occurred = none so far
not-reported = not reported
citation-state = { $kind } { $number } of { $day } by { $issuer }
citation-party = { $kind } { $number }, { $day }, by { $issuer }
citation-undated = { $kind } { $number } by { $issuer }

## The finding, first on every page

finding = { $name }: { $said }
finding-on-track = { $good } of { $all } breakthrough priorities on track
finding-behind-by = { $name } { $lag } behind the planned path
finding-behind = { $name } behind the planned path
finding-no-data = { $count } without data
finding-no-priorities = No breakthrough priorities yet
finding-nothing-owed = No reports were due in this period
finding-forms-complete = All { $expected } reports due have arrived
finding-forms-missing = { $missing } of { $expected } reports due are missing

## Status and nature of an indicator

status-met = target met
status-on-track = on track
status-behind = behind
status-far-behind = far behind
status-no-data = no data
status-not-judged = counted only
direction-up = more is better
direction-down = less is better
direction-plan = meet the plan; more is not better
direction-exact = exactly the quota
direction-none = counted, neither judged nor ranked
publicity-public = public, down to single units
publicity-public-totals = public, totals only
publicity-internal = the offices only
publicity-restricted = named people only
aggregate-sum = sum
aggregate-mean = mean
aggregate-min = smallest
aggregate-max = largest
aggregate-last = latest
aggregate-first = earliest
aggregate-count = count
aggregate-none = not aggregated
periods-spans = Several periods
periods-years = Years
periods-parts-of-years = Half-years, nine months
periods-quarters = Quarters
periods-months = Months
periods-weeks = Weeks
periods-days = Days
data-until = most reports are in to the end of { $period }
view-reported = as reported, by the units of that time
view-restated = restated on the units of { $day }
view-of-its-time = the unit no longer exists on { $day }; figures as reported, by the units of their time
no-value-zero-denominator = cannot be computed: the denominator is 0
no-value-period-too-short = collected less often than this period
no-value-not-aggregated = cannot be added up over units
no-value-broken-series = broken series: nobody has decided how to share the figures of { $units }{ $more ->
        [0] {""}
        [one] {" "}and { $more } more unit
       *[other] {" "}and { $more } more units
    }
no-value-unit-not-in-force = this unit did not exist then
no-value-overflow = too large to add up

## Where the trouble is

place-file = file { $file }
place-sheet = sheet { $sheet }
place-row = row { $row }
place-column = column { $column }
refused-at = { $place }: { $why }
at-character = character { $place }: { $problem }

## Nouns

noun-unit = unit
noun-level = level of units below
noun-item = item
noun-indicator = indicator
noun-form = form
noun-rule = validation rule
noun-priority = priority
noun-directive = directive
noun-template = report template
noun-submission = submission
noun-entry = ledger entry
noun-proof = proof of ledger entry
noun-figure = figure
noun-file = file
level-province = provinces
level-district = districts
level-commune = communes
level-village = villages

## Why something was turned down

refusal-not-found = There is no { $noun } “{ $key }”. Check the code.
refusal-doubled = The { $noun } code “{ $key }” stands there twice. Keep one line.
refusal-file-not-opened = The file cannot be opened ({ $detail }). Check its path and permissions.
refusal-unknown-file-kind = Files of the kind “{ $ending }” cannot be read. Save it as .csv or .xlsx.
refusal-empty-file = The file is empty. Choose one with figures.
refusal-not-utf8 = The text is not UTF-8. When saving, choose “CSV UTF-8”.
refusal-broken-text = The CSV file is damaged ({ $detail }). Open it in a spreadsheet and save it again.
refusal-missing-column = The column “{ $column }” is missing. Add it to the header row.
refusal-doubled-column = The column “{ $column }” stands there twice. Keep one.
refusal-wrong-column-count = The row has { $found } fields, the header has { $expected }. Write the row again with all fields.
refusal-too-large = Too large: at most { $limit } { $what }. Split the file.
refusal-not-a-workbook = This is no Excel workbook, whatever its name says. Open it and save it as .xlsx.
refusal-old-workbook = A workbook of Excel before 2007 (.xls). Open it and save it as .xlsx.
refusal-encrypted-workbook = The workbook is locked with a password. Remove the password and send it again.
refusal-damaged-workbook = The workbook is damaged ({ $detail }). Open it and save it as a new file.
refusal-reader-stopped = Reading took too long or too much memory and was stopped. Delete sheets, rows and columns that are not needed.
refusal-bad-value = “{ $text }”: write { $wanted } here.
refusal-not-a-number = “{ $text }” is not a number. Write a number, or leave the cell empty when there is no figure.
refusal-ambiguous-number = “{ $text }” can be read as { $whole } or as a decimal. For { $whole }, write the digits without a separator; for a decimal, add a 0 at its end.
refusal-not-a-whole-number = “{ $text }” has decimals. This item takes whole numbers only.
refusal-number-in-words = “{ $text }” is written partly in words. Write all of it in digits, such as 2000.
refusal-too-many-decimals = “{ $text }” has too many decimals. Write at most { $decimals }.
refusal-number-too-large = “{ $text }” has too many digits. Check the number.
refusal-not-a-count = “{ $text }” is a share. Write the count; shares are computed.
refusal-below-minimum = “{ $text }”: item { $item } takes numbers from { $minimum } up. Correct this number.
refusal-out-of-bounds = “{ $text }”: item { $item } takes numbers from { $minimum } to { $maximum }. Correct this number.
refusal-formula-cell = The cell holds the formula “{ $text }”. Write the number itself.
refusal-error-cell = The cell reports the error { $text }. Correct it in the workbook and send it again.
refusal-unknown-unit = There is no unit with code { $code }. Check the code.
refusal-unknown-unit-on = There was no unit with code { $code } on { $day }. Check the code or the period.
refusal-unknown-unit-name = { $above } has no unit called “{ $name }”. Check the name, or write the code.
refusal-ambiguous-unit-name = Several units are called “{ $name }” (codes { $codes }). Write the code.
refusal-no-unit-on-sheet = The sheet does not say whose figures it holds. Write the unit’s name or code in the title.
refusal-no-period-on-sheet = The sheet does not say which period it is about. Write it in the title, such as “tháng 3/2022”.
refusal-no-items-on-sheet = No column is an item we know. Write the item’s name or code at the head of the column.
refusal-two-periods-in-titles = The titles of the sheet name two periods: { $one } and { $other }. Keep only the one of the figures.
refusal-two-units-on-sheet = The title says “{ $title }”, but the code in the titles or the file’s name is of { $taken }. Make them agree.
refusal-nearly-an-item = The column “{ $header }” has figures and is nearly named like item { $item } ({ $name }). Write the item’s code or exact name; if it is something else, rename the column or take it out.
refusal-two-periods-on-sheet = The tab says { $tab }, the title says { $title }. Make them agree.
refusal-no-unit-in-row = The row has figures but names no unit. Write the unit’s name or code.
refusal-no-classes = Item { $item } is not broken down by class. Leave the class “{ $class }” out.
refusal-unknown-class = Item { $item } has no class “{ $class }”. It has: { $known }.
refusal-period-mismatch = Item { $item } is collected { $frequency }; it cannot be written for { $period }.
refusal-period-not-begun = The period { $period } begins only on { $first }, so it cannot have figures yet. Check the period.
refusal-not-asked = No form asks unit { $unit } for item { $item }. Check the codes.
refusal-contradictory-figure = Item { $item } of unit { $unit }, { $period }, already stands differently at { $place }. Keep one number.
refusal-classes-do-not-add-up = Item { $item } of unit { $unit }: the classes add up to { $sum }, the whole says { $whole }. Make them agree.
refusal-rule-broken = { $message } (rule { $rule }; unit { $unit }, { $period }: { $values }). Correct the numbers so that they agree.
refusal-item-not-on-form = Form { $form } does not ask for item { $item }. A validation rule uses items of its own form only.
refusal-rule-looks-beyond = A validation rule cannot use “{ $part }”. Compare only items of the same unit and period.
refusal-template-text = “{ $text }”: { $problem }.
refusal-template-bound = The report template { $template } is written for { $unit } ({ $code }), { $period } alone. Leave unit and period out to take its own.
refusal-template-bound-instead = The report template { $template } is written for { $unit } ({ $code }), { $period } alone. Leave unit and period out to take its own; for another unit or period take the general template { $general }.
refusal-template-needs-unit-and-period = The report template { $template } serves any unit and any period. Add --unit and --period.
refusal-template-half-bound = A template written for one unit and one period names both unit_code and period; { $lacking } is missing. Add it, or leave out both to make the template general.
refusal-formula = Formula “{ $source }”: { $problem }.
refusal-broken-toml = The TOML file cannot be read ({ $detail }). Correct it at the place named.
refusal-crosswalk-without-day = The crosswalk has neither day nor document. Add --date and --instrument.
refusal-target-version-exists = The target of { $indicator } for unit { $unit } already has a version of { $day }. Give the change another day.

limit-file-bytes = bytes in a file
limit-rows = rows
limit-columns = columns
limit-cells = cells
limit-field-characters = characters in a cell
limit-sheets = sheets
limit-refusals = listed problems
wanted-day = a day, such as 2025-07-01
wanted-period = a period code, such as 2022-03
wanted-code = a code without spaces
wanted-name = a name
wanted-whole-or-part = whole or part
wanted-share = a share between 0 and 1, or a percentage
wanted-change = a kind of change: establish, rename, recode, move, merge, split or dissolve
wanted-qualifier = how exact it is: exact, at_least, at_most or about
wanted-known-code = one of the codes listed in the pack’s README
wanted-number = a number
wanted-figure-key = the key of a figure: plain letters, digits and underscores, but not unit, parent or report
wanted-figure-span = a period code, or report, year, year_to_date, last_month, last_quarter
wanted-comparison = a period code, or year_before, previous
wanted-list = results, behind or missing
wanted-maximum = a number that is not below the one in the column minimum

## What is wrong with formulas and template texts

formula-empty = no formula is written
formula-too-long = { $characters } characters, at most { $limit } are allowed
formula-too-deep = nested more than { $limit } deep
formula-unexpected-character = the character “{ $found }” does not belong in a formula
formula-number-too-large = the number is too large
formula-too-many-decimals = the number has more than { $decimals } decimals
formula-unexpected = “{ $found }” stands where { $expected } should
formula-unexpected-end = the formula ends where { $expected } should stand
formula-chained-comparison = comparisons cannot be chained; write two of them with “and” between
formula-unknown-function = there is no function “{ $name }”
formula-wrong-argument-count = { $function } takes { $least } values, not { $found }
formula-bad-offset = a reference looks back 1 to { $limit } periods
formula-unknown-item = there is no item “{ $code }”
formula-number-wanted = a number is needed here, not a condition
formula-condition-wanted = a condition is needed here, not a number
expected-operand = a number, an item or a function
expected-operator-or-end = an operator or the end
expected-opening-parenthesis = an opening parenthesis
expected-closing-parenthesis = a closing parenthesis
expected-comma-or-closing-parenthesis = a comma or a closing parenthesis
expected-item-code = the code of an item
expected-class-code = the code of a class
expected-closing-bracket = a closing bracket
expected-level = the word of a level
text-unclosed-brace = the brace is never closed
text-unopened-brace = the brace was never opened; to print one, write it twice
text-no-key = the key of a figure is missing between the braces
text-bad-key = the character “{ $found }” does not belong in a key
text-unknown-form = there is no form “{ $form }”
text-unknown-key = the template asks for no figure “{ $key }”
text-unknown-name = there is no name “{ $name }”; the pack’s README lists those there are
text-not-in-head = the head of a document cannot hold the figure “{ $name }”
text-not-compared = the figure “{ $key }” is compared with nothing (compared_with)

## The frame of a page

skip = Skip to the content
sample-mark = Sample data
nav-label = Main places
nav-overview = Overview
nav-units = Units
nav-reports = Reports
nav-about = About
search-label = Find a unit or an indicator
search-hint = Find units, indicators
search-button = Find
other-language = Tiếng Việt
crumbs-label = Units above
frame-as-of = Data up to import { $import }, { $moment }
choose-period = Period
choose-view = View
show = Show

## Errors

not-found-heading = Not found
not-found-page = This address leads nowhere.
not-found-next = Check the address, or look for a unit or an indicator in the search field.
refused-heading = This page cannot be shown
fault-heading = The server failed
fault-safe = What was imported is safe; only this page could not be shown.
fault-next = Load the page again in a minute. If it still fails, tell the administrator the number below.
fault-number = Fault number:

## Overview

priority = Breakthrough priority
owner = Answers for it:
where-from = Where does this come from?
lagging-units = Units furthest behind
who-is-missing = Which units are missing?

## Charts

chart-result = Result
chart-target = Target
chart-planned = Planned path
chart-time = Time passed
course-running = { $measure }, running total, { $from } – { $to }
course-own = { $measure }, by period, { $from } – { $to }
chart-marks = Hollow dots: some units have not reported.
see-table = See the table

## Indicator

by-unit-and-period = By unit and period
not-ranked = not ranked
copy-table = Copy table
copied = Copied; paste it into Excel
unit = Unit
target = Target
share-of-target = Against the target
status = Status
reported-units = Reported
total = Total
rows-not-asked = { $count ->
        [one] { $count } unit is not listed: it does not report this indicator.
       *[other] { $count } units are not listed: they do not report this indicator.
    }
table-marks = “–”: no figure, which is not zero. “°”: some units have not reported. Thick line: target; thin line: planned path.
definition = What this indicator is
formula = Formula
measure = Unit of measure
direction = Which way is good
frequency = Looked at
publicity = Who may see it
target-source = Directive that sets the target
counting-rule = Counting rule
indicators = Indicators

## Units

found-some = { $count ->
        [one] { $count } result
       *[other] { $count } results
    } for “{ $text }”
found-nothing = No unit and no indicator matches “{ $text }” ({ $count })
found-nothing-hint = Type a part of the name, with or without diacritics, or the code.
unit-finding = { $unit }: { $good } of { $all } indicators on track, { $behind } behind
unit-finding-none = { $unit }: no indicator is judged in this period
common-indicators = Common indicators
overview-of-unit = Overview of this unit
history = Names and reorganisations over time
since-ever = always
since-day = since { $from }
until-day = until { $to }
from-to-day = from { $from } to { $to }
carried-whole = everything went over
carried-part = a part went over
predecessors = Formed from
heirs = Heirs

## Provenance

provenance-of = Provenance: { $name }
see-indicator = See the indicator
how-computed = How it is computed
item = Item
made-of = Made of the figures of
figure = Figure
reported-by-unit = What this unit reported
period = Period
value = Value
place-in-file = Where it stands
arrived = Arrived
note = Note
arrival = revision { $revision }, { $moment }
source-submissions = { $count ->
        [one] { $count } submission
       *[other] { $count } submissions
    }
files = Source files
figures = Figures of this submission
left-empty = Left empty
revisions = Revisions
submission-finding = { $unit } reported { $count ->
        [one] { $count } figure
       *[other] { $count } figures
    } for { $period }{ $missing ->
        [0] {""}
       *[other] , leaving { $missing } empty
    }

## Reports

no-reports = There are no report templates yet. Import a pack that has some.
reports-about = { $unit }, { $period }
reports-bound = Reports written for one unit and one period
reports-hint = Reports take the figures of the unit and period in view. For another unit, find it and come back here.
report-links = Choose a figure to see where it comes from. Printed, this page follows the official A4 layout.

## About

about-heading = dotpha: results of breakthrough priorities, checkable down to each figure
about-what = The lowest units report a few figures; dotpha adds them up through the tree of units, compares them with targets and planned paths, names who lags, and writes the report, in which every number leads back to the file, row and column it was written in.
about-statuses = Five statuses, and figures that are only counted
about-met = the target is reached or passed
about-on-track = at { $share } of the planned path or more (thresholds are set by the pack)
about-behind = below that, at { $share } of the planned path or more
about-far-behind = below { $share } of the planned path
about-no-data = no figure; never taken for good
about-not-judged = counted only, or no target set; neither judged nor ranked
about-rules = How to read the figures
about-rule-completeness = Beside every total stands how many units have not reported. Missing is not zero.
about-rule-bounds = “Over”, “under” and “about” stay through every sum; a bound is never printed as exact.
about-rule-points = Ratios change in percentage points, counts in percent.
about-rule-views = Figures can be read by the units of their time, or restated on the units of another day. Where nobody has decided how to share a split unit’s figures, the series is shown as broken, never guessed.
about-rule-ranking = Some things are only counted: no unit is ranked by inspections or petitions.
about-rule-secrets = No state secrets are taken in, and no files on anyone’s opinions, religion or ethnicity.

## Notices after an import

notice-already-corrected = { $file } was imported before; nothing changed. { $count } of its submissions were corrected since; the corrections stand.
notice-already-imported = { $file } was imported before; nothing changed.
notice-taken-to-exist-earlier = Unit { $unit }: listed from { $listed }, taken to exist from { $needed } as the reorganisation needs.
notice-moved-with-parent = { $parent }: { $count } units below moved with it to { $heir }.
notice-left-without-parent = { $parent } was split: it is not known where its { $count } units below belong. Import a list of units that names their new parent.
notice-column-passed-over = column “{ $header }” is no item and was passed over.
notice-total-row-differs = the total row gives { $total } for item { $item }, the rows add up to { $sum }; the rows count.
notice-hidden-sheet-passed-over = a hidden sheet, passed over.
notice-period-not-ended = file { $file }: the period { $period } ends only on { $last }; the figures were taken, send them again after it if they change.
notice-empty-cells-kept = file { $file }: empty cells where figures were reported before: { $cells }; the earlier figures stay ({ $places }). To take one back, write “withdraw” into its cell.
notice-nothing-to-withdraw = item { $item } has no figure that could be withdrawn.
notice-rule-doubted = { $message } (rule { $rule }; unit { $unit }, { $period }: { $values }). The figures were taken; check them.
notice-many-times-before = item { $item } of unit { $unit } is { $value }, { $times } times the period before ({ $before }). The figure was taken; check it.

## Command line

cli-refused = Not done, and nothing was changed. Points to mend: { $count }
cli-more-notices = More notices: { $count }
cli-reading = Reading
cli-imported-units = Units imported. Rows: { $rows }; new units: { $units }; new versions: { $versions }.
cli-people = New people: { $accounts }; more roles: { $roles }; lines there already: { $same }.
cli-people-preview = To come: new people: { $accounts }; more roles: { $roles }; lines there already: { $same }. Nothing was changed.
cli-people-cards = Cards to print: { $file }. It holds secret addresses; delete it after printing.
cli-imported-reorganisations = Reorganisation imported. Lines: { $lines }; units carried over whole: { $whole }; split units that wait for a decision (broken series): { $undecided }.
cli-imported-pack = Pack “{ $name }” imported. Directives: { $directives }; priorities: { $priorities }; items: { $items }; indicators: { $indicators }; forms: { $forms }; validation rules: { $rules }; new target versions: { $targets }; report templates: { $templates }.
cli-imported-figures = Figures imported. Files: { $files }; figures: { $figures }; empty cells: { $missing }; new submissions: { $submissions }; corrections: { $corrections }; unchanged: { $unchanged }.
cli-broken = Split units whose figures nobody has decided how to share: { $count }
demo-golden = The article’s figures, rolled up from the raw ones
demo-column-figure = Figure
demo-column-published = Article
demo-column-computed = Computed
demo-column-match = Match
demo-matches = { $same }/{ $all } figures match.
demo-files = The report and figures.json are in { $folder }
demo-serving = The pages (Ctrl+C to stop):

## Database

database-locked = Another program is writing to the database. Wait until it has finished and try again.
database-cannot-open = Cannot open the database { $place } ({ $detail }). Check that the folder exists and that you may write there.
database-not-writable = Cannot write to the database { $place }. Allow writing to the file and its folder.
database-not-ours = { $place } is not a database of dotpha. Choose another file.
database-disk-full = The disk is full. Make room and try again.
database-cannot-connect = Cannot connect to PostgreSQL at { $place } ({ $detail }). Check the address, the user and that the server runs.
database-bad-address = Cannot read the database address ({ $detail }). Write postgres://user:password@host/name.
database-not-durable = PostgreSQL runs with { $setting } = { $value }, which can lose figures that were acknowledged. Set { $setting } = on.
database-setting-not-taken = SQLite did not take { $setting } for { $place }. Keep the file on a disk of this machine.
database-newer = A newer dotpha has upgraded the database. Use that version.
database-migration-differs = Another version of dotpha made the database ({ $detail }). Use that version.
database-migration-missing = The database lacks an upgrade step ({ $detail }). Restore the last backup.
database-backup = Cannot back up to { $place } before the upgrade ({ $detail }); nothing was changed. Check the free space and that you may write there.
database-text-with-nul = Text with a NUL character cannot be stored. Remove the character.
database-too-busy = The database is busy. Wait a moment and try again.
database-failed = The database failed ({ $detail }); nothing was changed.

## Documents

agency-committee = { $unit } People’s Committee
agency-provincial = { $unit } Provincial People’s Committee
signer-committee = FOR THE PEOPLE’S COMMITTEE
signer-chair = CHAIR
signer-head = HEAD OF THE { $kind }
signer-group-head = HEAD OF THE QUARTER
signer-other = HEAD OF THE UNIT
report-days = from { $first } to { $last }
report-as-of = import { $import }
report-submissions = { $reported } of the { $expected } reports due have arrived ({ $share })
report-nothing-owed = no reports were due in the period
report-good = { $good } of the { $all } indicators judged are met or on track
report-behind = { $count } not met or behind the planned path
report-silent = { $count } without data
report-none-judged = no indicator has a target to be judged by
list-behind-by = { $lag } behind the planned path
list-behind = behind the planned path
list-lagging = furthest behind: { $units }
list-short-by = { $lag } short of the target
list-short = target not met
list-nothing-behind = No indicator is unmet or behind its planned path.
list-none-judged = No indicator has a target to be judged by in this period.
list-no-results = No figures were due in this period.
list-missing = { $form }: { $reported } of { $expected } reports have arrived; { $missing } of { $units } units lack some
list-missing-periods = periods lacking: { $periods }
list-units-of = { $units } ({ $above })
list-more-units = and { $count } more units
appendix-indicators = Results by indicator
appendix-units = Results by unit
appendix-period = Period: { $period }
appendix-periods = This period: { $this }; cumulative: { $whole }
appendix-source = Source: figures reported by the units, { $period }; as of import { $import }.
sheet-indicators = App I - Indicators
sheet-units = App II - Units
column-number = No.
column-code = Code
column-unit = Unit
column-indicator = Indicator
column-measure = Measure
column-plan = Plan
column-year-before = Same period last year
column-this = This period
column-whole = Cumulative
column-of-plan = % of plan
column-change = Against last year
column-note = Notes
column-reports = Reports
reports-complete = All there
refusal-no-database = There is no database { $place } yet. Mend --database, or first take in units and a pack: dotpha import units, dotpha import pack.
refusal-no-files-in-folder = The folder { $folder } holds no .xlsx or .csv file. Choose another one.
refusal-folder-not-written = Cannot write to the folder { $folder } ({ $detail }). Choose another one.

## Units and reorganisations that contradict each other

refusal-unit = { $problem }
unit-version-backwards = Unit { $code } ends on { $to }, before it begins on { $from }. Mend the days.
unit-code-taken = Two units have the code { $code } on { $day }. Mend the code or the days.
unit-no-such-parent = Unit { $code } names a parent that is not in the list. Mend the parent’s code.
unit-parent-cycle = On { $day } the units { $codes } stand above one another in a circle. Mend the parents’ codes.
unit-too-deep = More than { $levels } levels stand above unit { $code }. Mend the parent’s code.
unit-empty-line = A line of { $day } names no unit. Give the old and the new code.
unit-not-in-force = There is no unit { $code } on { $day }. Mend the code or the day.
unit-doubled-line = The line { $from } → { $to } of { $day } stands twice. Keep one.
unit-whole-and-parts = On { $day } unit { $code } goes over whole and also in parts. Keep one of them.
unit-shares-not-whole = On { $day } the parts of unit { $code } add up to { $percent }; they must make 100%. Mend the shares, or leave those empty that are not decided.
unit-succession-cycle = On { $day } the units { $codes } go over to one another in a circle. Mend these lines.
unit-choice-without-split = Unit { $code } is not split on { $day }; there is nothing to decide.
unit-choice-names-stranger = Unit { $heir } receives no part of { $code } on { $day }. Choose among the heirs.
unit-choice-not-whole = The shares of unit { $code } on { $day } add up to { $percent }; they must make 100%.

sign-in-heading = Sign in
sign-in-button = Sign in
sign-in-help = Forgotten the password or lost the card? The administrator of your unit gives you a new card.
sign-out-button = Sign out
field-login = Login
field-login-hint = Lower-case letters without marks, digits, dots, hyphens; such as binh.nv
field-password = Password
field-code = One-time code
field-code-hint = Only when turned on. A recovery code works too.
field-present-password = Present password
field-new-password = New password
field-new-password-hint = At least 12 characters. A few unrelated words are hard to guess and easy to remember.
field-name = Name or position
field-role = Role
field-unit-code = Unit code
field-unit-code-hint = The role holds for this unit and all below. Empty: for the whole tree.
field-until = Until the end of (if limited)
invitation-heading = Receive your account
invitation-greeting = This card is for
invitation-button = Set the password and enter
account-heading = Account
account-roles = Roles
account-no-roles = No role yet. Ask your administrator.
account-password = Password
account-change-password = Change the password
account-sessions = Signed in on
account-seen = last used
account-this-session = this device
account-end-session = End
account-invited = invited, not accepted
account-active = active
account-disabled = disabled
grant-in-place-of = in place of { $name }
by-in-place-of = { $name } (in place of { $other })
loans-heading = Delegation while away
loans-why = While on leave or travelling, lend your roles to a colleague for those days. What they do is marked as done in your place. It ends with the last day, when you take it back, or when you lose the role yourself.
loans-none = Nothing is lent to anybody.
loans-new = Delegate
loans-to = Login of the colleague
loans-roles = Roles to lend
loans-unit-hint = Empty: all that the role covers.
loans-from = From
loans-to-day = To the end of
loans-take-back = Take back
loans-no-roles = You hold no role of your own that could be lent.
grant-everywhere = the whole tree
grant-on = { $role }: { $unit }
grant-days = { $from } to { $to }
one-time-heading = One-time codes
one-time-on = On. { $left } recovery codes are left.
one-time-off = Off. Administrators, reviewers and inspectors cannot work without them.
one-time-set-up = Set up one-time codes
one-time-why = Besides the password every sign-in then asks for six digits that your phone shows. Whoever gets hold of the password still cannot enter.
one-time-step-app = Install an app for one-time codes (TOTP) on your phone.
one-time-step-scan = Scan the QR code below with it.
one-time-step-code = Type the six digits that it shows.
one-time-qr = QR code for the app
one-time-spelled = If scanning fails, type this key into the app:
one-time-open-app = Open in an app on this device
one-time-code = Six digits
one-time-confirm = Turn one-time codes on
one-time-done = One-time codes are on
recovery-why = Without your phone these recovery codes let you in, each of them once. They are shown only here: write them down or print them, and keep them safe.
recovery-kept = They are kept safe
accounts-heading = People
accounts-new = Add a person
accounts-create = Create and print the card
accounts-invite = New card
accounts-disable = Disable
accounts-end-grant = End the role
people-heading = Add many people
people-why = Paste a list from a spreadsheet, one person a line. Look before anything is made; when a line is wrong, nobody is.
people-list = List
people-columns = The first line names the columns: login, name, role, unit_code, valid_from, valid_to. The days may be left out. An empty unit code means the whole tree. At most 2,000 lines at a time.
people-file = Take it from a CSV file
people-preview = Look first
people-import = Create and print the cards
people-preview-heading = What will be done
people-finding = { $accounts } new people, { $roles } more roles, { $same } lines there already
people-nothing = Every line is there already; nothing to do.
people-change-account = new
people-change-role = one more role
people-change-nothing = there already
people-days = Days
people-cards = { $count ->
    [0] Roles given, no new cards
   *[other] { $count } people added, print their cards
    }
people-cards-why = Each card is shown here once. Print this page, cut it up and hand every card over in person.
card-heading = Invitation to dotpha
card-for = For
card-qr = QR code of the address to receive the account
card-step-scan = Scan the QR code with your phone’s camera, or type the address below.
card-step-password = Choose a password of your own.
card-step-login = From then on sign in as:
card-ends = The card works once, until
card-secret = Hand it over in person; send no picture of it.
problems-heading = To be mended
nav-sign-in = Sign in
noun-account = account
noun-role = role
noun-session = session
entrance-wrong-sign-in = Login, password or one-time code are wrong. Type them again.
entrance-too-many-attempts = Too many wrong attempts. Try again in { $seconds } seconds.
entrance-wrong-code = The code is wrong or too old. Type the one that the app shows now; check the phone’s clock.
entrance-password-too-short = The password is too short. Use at least { $characters } characters.
entrance-password-too-long = The password is too long. Use at most { $characters } characters.
entrance-password-guessable = The password is easy to guess. Use a few unrelated words without your name, your unit or a well-known row of digits.
entrance-bad-login = “{ $text }” cannot be a login. Use 2 to 64 lower-case letters without marks, digits, dots or hyphens.
entrance-login-taken = Somebody has the login { $login } already. Choose another one.
entrance-named-otherwise = The login { $login } belongs to { $name }. Write that name, or choose another login for this person.
entrance-role-for-oneself = Nobody gives themselves a role. Ask another administrator.
entrance-loan-without-days = Give the first and the last day, from today on, at most { $days } days.
entrance-not-own-to-lend = Only roles of your own can be lent, where and while they hold. Choose at least one, and check the unit and the days.
entrance-invitation-over = This invitation was used or has run out. Ask the administrator of your unit for a new card.
entrance-not-allowed = This account may not { $right } there. Ask the administrator if it should.
entrance-second-factor-missing = This needs a one-time code. Turn codes on under Account, then sign in with one.
entrance-stale-form = This page is out of date and nothing was changed. Open it again and repeat.
right-see-figures = see figures
right-send-figures = send figures
right-review-figures = review figures
right-reopen-figures = reopen approved figures
right-manage-plan = manage units, packs and forms
right-manage-accounts = manage people
right-read-ledger = read the ledger
cli-first-invitation = Nobody can sign in yet. Within the next hour open this address to set the password of the administrator { $login }:
demo-sign-ins = Accounts to try (the same password for all: { $password })
entrance-key-not-used = The key file { $file } cannot be used ({ $detail }). Restore it from a backup; without it the one-time codes that were set up no longer work.
entrance-key-open-to-others = Others may read the key file { $file }. Let its owner alone read it (chmod 600), then start again.
not-allowed-heading = Not allowed
refusal-entrance = { $problem }
refusal-forming = { $problem }
forming-periods-differ = All versions of form { $form } keep one frequency and one calendar. To change them, make a new form with another code.
refusal-collecting = { $problem }
collecting-not-owed = Form { $form } is not asked of unit { $unit } in this period. Choose another form, unit or period.
collecting-changed-meanwhile = Somebody else has just saved or sent this form. What you typed is still on the page; compare it with what was saved, shown beside it, then save again.
collecting-same-id-other-content = The sending { $id } was used for other figures. Open the form again, look at what was sent, and send again if needed.
collecting-nothing-entered = Nothing was entered. Enter figures, zero included, or choose “Nothing to report”.
collecting-doubt-without-reason = This figure is unusual. Mend it, or say why it is right, then send.
collecting-nothing-for-stocks = This form asks for what stands at the end of the period ({ $items }), so “Nothing to report” does not fit. Enter figures, zero included.
collecting-correction-without-reason = These figures are approved. Say why they change, then send again.
collecting-without-reason = There is no reason. Say what has to be mended.
collecting-own-submission = You sent these figures, so somebody else has to approve them. Ask another reviewer of the unit.
collecting-approved-before = You approved this submission at a lower level, so you cannot approve it at this one. Ask somebody else in your unit.
collecting-other-level = This submission is with { $level } now. Open the page again when { $level } is done.
collecting-wrong-state = This submission is “{ $state }”, so that cannot be done now. Open the page again to see how it stands.
collecting-newer-revision = A newer revision has arrived. Open the newest one and look at that.
collecting-not-without-doubts = Only submissions without warnings are approved together. Open each one with warnings to read the reasons.
state-draft = draft
state-submitted = waiting for review
state-approved = approved
state-waits-for = waiting for { $next }
state-passed = approved by { $passed }, waiting for { $next }
level-of-review-province = the province
level-of-review-district = the district
level-of-review-commune = the commune
level-of-review-village = the village
level-of-review-other = level { $level }
state-returned = returned
deed-send = Sent
deed-correct = Correction sent
deed-approve = Approved
deed-return = Returned
deed-reopen = Opened again for review
nav-work = My work
work-returned = Returned to be mended
work-owed = To be sent
work-waiting = Waiting for my review
work-open-queue = Open the review list
work-nothing = Nothing is due.
work-next = Next: { $form }, { $period }, due { $day }.
work-later = { $count } later periods are missing too
work-reasons = returned with { $count } reasons
work-count-owed = { $count } to be sent
work-count-returned = { $count } returned to be mended
work-count-waiting = { $count } waiting for review
work-count-none = Nothing left to do
work-nothing-yet = This account neither sends nor reviews figures of any unit yet. Ask the administrator if it should.
collection-link = Collection of { $unit }
due-left = { $days } days left, due { $day }
due-today = due today
due-over = { $days } days overdue, due { $day }
due-over-long = overdue since { $day }
begun-saved = draft saved
begun-not-yet = not begun
entry-title = { $form } – { $unit }, { $period }
entry-received = { $count } figures received at { $moment }.
entry-received-nothing = “Nothing to report” received at { $moment }.
entry-receipt = Sending
entry-see-sent = See what was sent
entry-saved = Draft saved at { $moment } ({ $name }).
entry-change = Change what was sent
entry-previous = Period before: { $value }
entry-no-previous = Period before: none
entry-range = Enter { $minimum } to { $maximum }
entry-range-open = Enter { $minimum } or more
entry-other = Saved now: { $text }
entry-returned = Returned: { $reason }
entry-note = Note
entry-doubt-reason = Why this figure is right
entry-correction-reason = Why approved figures change
entry-save = Save draft
entry-send = Send
entry-nothing = Nothing to report
entry-nothing-hint = For a period in which nothing happened; it is neither zero nor missing.
entry-check = { $count } places to look at. Everything you typed is still here.
entry-whole = The whole submission
doubt-rule = Unusual: { $message } ({ $values }).
doubt-many-times = Unusual: { $times } times the period before ({ $before }).
by-console = the server itself
collection-heading = Collection
collection-finding = { $form }, { $period }: { $sent }/{ $owed } units have sent
collection-form = Form
collection-total = Sent
collection-missing = Units that have not sent, to be copied
collection-missing-head = { $form }, { $period }: { $count } units have not sent, due { $day }
collection-complete = Every unit has sent.
collection-left-out = { $count } more units are not shown; choose a unit below.
state-missing = not sent
state-not-owed = not asked
state-nothing = nothing to report
review-heading = Review figures
review-finding = { $count ->
    [0] Nothing is waiting for review
   *[other] { $count } waiting for review
    }
review-choose = Choose
review-doubts = { $count } warnings
review-no-doubts = no warnings
review-own = sent by you, somebody else approves
review-second = you approved it at a lower level, somebody else decides
review-other-level = Now: { $state }. It is not your level's turn.
review-pages = Page { $page } of { $pages }
review-page-before = Page before
review-page-after = Next page
review-sent-back = Returned by a level above after your level had approved
review-sent-by = { $name }, { $moment }
review-approve-chosen = Approve the chosen ones
review-approve = Approve
review-return = Return
review-return-open = Return to be mended
review-return-hint = Give a reason at every figure to be mended, all at once.
review-reopen = Open again for review
review-reason = Reason
review-previous = Period before
review-median = Median of the units beside
review-remarks = Notes, warnings
review-said-nothing = The unit has nothing to report for this period.
review-newer = A newer revision has arrived.
review-open-newer = Open the newest one
review-empty = left empty
review-history = History
entered-on-screen = Entered on a page
demo-return-members = Far more new members than in the other villages; compare with the decisions
demo-return-other = The households at the far end of the village are missing
demo-doubt-reason = All households were visited during the campaign
refusal-bad-ledger-key = “{ $text }” is not the line of a ledger's key. Copy the whole line: the name, the mark, and the letters behind the last plus.
refusal-ledger-damaged = The ledger was changed behind the program's back in { $places } places. Run dotpha verify to see all of it, restore a backup, or open it for now with --despite-damage.
verify-whole = The ledger is whole: { $size } entries, { $rows } records as it says, { $checkpoints } checkpoints rightly signed.
verify-damaged = { $count } places do not fit the ledger:
verify-more = and { $count } more places
verify-root = Root: { $root }
verify-unchecked = { $count } checkpoints could not be checked without the ledger's key. Run this where the key file is, or give the key's line with --key.
trouble-entry-altered = Ledger entry { $position } was changed behind the program's back.
trouble-entries-altered = Among ledger entries { $first } to { $last } at least one was changed behind the program's back.
trouble-hash-altered = Hash { $position } was changed behind the program's back.
trouble-either-altered = Ledger entries { $first } to { $last } or their hash were changed behind the program's back.
trouble-entries-missing = Ledger entries { $first } to { $last } are gone.
trouble-hashes-missing = Hashes { $first } to { $last } are gone.
trouble-entry-extra = Ledger entry { $position } was put in behind the program's back.
trouble-hash-extra = Hash { $position } was put in behind the program's back.
trouble-entry-unreadable = Ledger entry { $position } cannot be read.
trouble-entry-elsewhere = Ledger entry { $position } says that it stands elsewhere.
trouble-signed-differs = The first { $size } entries are not those that were signed in a checkpoint.
trouble-signed-ahead = A checkpoint signed { $size } entries but the ledger has only { $entries }: its end was cut off.
trouble-columns = Ledger entry { $position }: what it is found by was changed behind the program's back and differs from the entry.
trouble-row-altered = Ledger entry { $position }: { $thing } was changed behind the program's back.
trouble-row-missing = Ledger entry { $position }: { $thing } was removed behind the program's back.
trouble-row-extra = No ledger entry speaks of { $thing }: it was added behind the program's back.
trouble-checkpoint = The checkpoint over { $size } entries in the database was changed, or another key signed it.
trouble-checkpoint-outside = A checkpoint in the file beside the database was changed, or another key signed it.
thing-submission = submission { $id }
thing-import = import { $id }
thing-account = account { $id }
actor-in-place-of = account { $id } in place of account { $other }
thing-grant = grant { $id }
thing-role = role { $id }
thing-pack = pack { $id }
thing-right = right { $id }
thing-session = session { $id }
thing-sign-in = { $id ->
    [unknown] a login nobody has
   *[other] account { $id }
}
committed-login = login
committed-name = name
committed-one-time-codes = one-time codes
committed-password = password
deed-units-imported = List of units taken in
deed-reorganisations-imported = Reorganisation taken in
deed-figures-imported = File of figures taken in
deed-pack-imported = Pack taken in
deed-submission-received = Submission received
deed-role-saved = Role saved
deed-account-created = Account made
deed-account-invited = Invitation given
deed-invitation-accepted = Invitation accepted with a password
deed-password-changed = Password changed
deed-codes-turned-on = One-time codes turned on
deed-account-disabled = Account disabled
deed-grant-given = Role given
deed-grant-ended = Role ended
deed-signed-in = Signed in
deed-sign-in-failed = Sign-in failed
deed-session-ended = Session ended
deed-access-denied = Access denied
actor-console = whoever runs the server
actor-stranger = somebody not signed in
ledger-heading = Ledger
ledger-why = Everything that was done is written down here one after the other; nothing can be changed or removed. Shown are the entries about units you may look into.
ledger-kind = Deed
ledger-all = All
ledger-account = Account number
ledger-day = Day
ledger-nothing = No entry fits.
ledger-older = Older entries
ledger-entry = Ledger entry { $position }
ledger-moment = Recorded
ledger-actor = By
ledger-subject = About
ledger-reason = Reason
ledger-commitments = Committed to, not told
ledger-content = What was recorded
receipt-heading = Receipt
receipt-number = Receipt number
receipt-position = ledger entry
receipt-qr = QR code of the receipt
receipt-why = Keep this number to prove that the submission arrived and was not changed.
receipt-proof = Proof file
receipt-not-signed = This entry is not under a checkpoint yet. In about a minute there will be a proof.
deed-figures-entered = Figures entered on a page
deed-submission-sent = Submission sent
deed-submission-corrected = Correction sent
deed-submission-approved = Submission approved
deed-submission-returned = Submission returned
deed-submission-reopened = Approved submission opened again
api-sign-in = The session has ended. Sign in and send again; your figures are still on your device.
api-too-large = What was sent is too large. Send one form at a time.
api-not-readable = The server cannot read what was sent ({ $detail }). Update the entry page and send again; your figures are still on your device.
clock-ahead = The clock of the sender's device was { $minutes } minutes ahead of the server. Times here are the server's.
clock-behind = The clock of the sender's device was { $minutes } minutes behind the server. Times here are the server's.
collecting-not-the-workbook = This file is not the Excel form downloaded from this page. Download the form, fill its white cells and upload it again.
collecting-workbook-of-another = This file is form { $form } of unit { $unit }, { $period }. Upload it on the page of that form, unit and period, or download the form of this page.
collecting-merged-cells = This cell was merged with others, so it is not clear whose figure it is. Unmerge the cells and write each figure in its own.
collecting-unit-not-in-grid = This page has no row for unit { $unit }. Delete that row from the file, or upload it on the page of the unit above.
workbook-heading = Work in Excel
workbook-hint = Download the form, fill it, and upload it again. Before anything is saved you see every figure that changes.
workbook-download = Download the Excel form
workbook-file = The filled file
workbook-preview = Preview
workbook-sheet = Figures
workbook-guide = Fill the white cells, due { $day }. An empty cell means no figure yet, which is not zero.
workbook-number = No.
workbook-unit = Unit
workbook-code = Unit code
workbook-previous = Last period
grid-title = Grid of { $form } – { $unit }, { $period }
grid-finding = { $sent }/{ $owed } units have sent, { $begun } have a draft.
grid-empty = In this period there is no unit whose figures for this form you may send. Choose another period or unit on the page of the collection.
grid-check = Some cells need another look. Everything you typed is still here.
grid-sent = Received. The receipt of each unit:
grid-total = Total
grid-wrong = ■ To be mended.
grid-doubtful = ▲ Unusual.
grid-send = Send the filled rows
grid-send-hint = A row with figures to be mended is kept as a draft; the others are sent.
grid-open = Fill in the grid
preview-finding = { $count } figures of { $units } units will change
preview-nothing = The file holds no figure that differs from what is saved
preview-refused = The file could not be taken in
preview-unreadable = Mend these places in the file and upload it again
preview-wrong = These figures must be mended before sending; they can be saved as a draft
preview-item = Item
preview-old = Saved
preview-new = Becomes
preview-place = In the file
preview-empty = (empty)
preview-worked-out = The result of a formula in the file.
preview-save = Save these figures as a draft
preview-send = Send these figures
preview-leave = Do not take it in, back to the grid
entry-app-name = Enter figures
entry-app-open = Enter figures, also without a signal
entry-without-scripts = Scripts are switched off in this browser. Fill the forms one by one here while there is a network:
entry-back = Back to the list
entry-code = Code { $number } of { $count }
entry-compare = Compare both versions
entry-confirm-copied = Yes, as in the period before
entry-conflict = The server has another version ({ $by }). Choose the right figure in each field, then look it over and send again.
entry-conflict-same = Both versions are the same. Discard the one on this device and you are done.
entry-copied = Copied from the period before, not confirmed.
entry-copied-unconfirmed = Copied from the period before. Confirm it if it is still so, or enter the figure of this period.
entry-copy-previous = Copy the period before into empty fields
entry-empty = No forms on this device yet
entry-export = Export what is not sent
entry-export-file = Save as a file
entry-export-hint = Hand over the file, or let an officer scan the codes below, to send it for you. This device keeps everything and sends when there is a network; the server takes it once.
entry-finding = { $count } reports to send
entry-finding-waiting = { $count } reports not sent yet
entry-home-screen = On an iPhone, add this page to the home screen: when it is not opened for long, Safari deletes what other pages keep.
entry-keep-chosen = Take the chosen figures
entry-keep-theirs = Discard mine
entry-leave = Sign out and wipe this device
entry-leave-sure = I accept losing what is not sent on this device
entry-leaving = { $count } reports are not sent
entry-leaving-hint = Signing out wipes all figures on this device. Send or export them first.
entry-look-over = Look over before sending
entry-look-over-hint = Look it over once more, then send.
entry-mark-conflict = Two versions differ
entry-mark-received = Received ({ $number })
entry-mark-refused = To be mended
entry-mark-saved = Saved on this device
entry-mark-sending = Sending
entry-mend = Change
entry-mine = On this device
entry-theirs = On the server
entry-not-saved = Not saved on this device: its memory is full. Delete pictures or applications, then enter the figure again.
entry-offline = No network. Go on entering and sending: figures stay on this device and are sent when the network is back.
entry-other-browser = This browser cannot keep figures without a network. Use Chrome, Firefox or Safari.
entry-queue = Not sent yet
entry-receipts = Receipts
entry-send-to = Send to { $unit }
entry-sending-hint = The figures are safe on this device and are sent when there is a network. Only a receipt number means that they were received.
entry-sent = Sent
entry-share = Share the receipt
entry-stay = Stay
entry-synced = Up to date with the server at { $moment }.
entry-take-back = Take back to change
entry-who-sees = Look it over once more. { $unit } will receive and review it.
