
## Evidence per head

heads-heading = Evidence per head
heads-finding = { $period }, { $unit } and those right below: { $in_time } of { $due } tasks due were done in time
heads-nothing-due = { $period }, { $unit } and those right below: no task has come due
heads-no-grade = These are counts for whoever has to judge; the system grades and ranks nobody.
heads-hint = Of tasks whose deadline lies in the period and is over, or that were handed in; those that rest or were called off do not count. In time is the day of handing in, against the deadline that holds and against the first one. Tasks of a merged unit count for the one that took it over.
heads-who = Unit, person who leads
heads-among = of these
heads-person = Person who leads
heads-assigned = Given in the period
heads-due = Due
heads-in-time = In time
heads-in-first-time = By the first deadline
heads-late = Done late
heads-overdue = Overdue and open
heads-extended = Extended
heads-returned = Times sent back
heads-workbook = Download Excel
heads-results = Targets of { $unit }
heads-results-sheet = Indicators
heads-no-results = No target was set for this unit in the period.
heads-as-of = { $unit }, { $period }, as of { $day }
heads-value = Result
heads-target = Against the target
heads-status = Against the trajectory
