
## A calendar of one's own

calendar-heading = Calendar of deadlines
calendar-why = The calendar on your phone or computer fetches the deadlines of the tasks that wait for you. What is done leaves it by itself.
calendar-set-up = Put into my calendar
calendar-none = There is no calendar address yet.
calendar-made = The address in use was made { $moment }.
calendar-make = Make a calendar address
calendar-make-again = Make another address, ending this one
calendar-end = End the address
calendar-address = The address of your calendar
calendar-once = It is shown once. Whoever has it reads what your tasks are called and when they are due: pass it on to nobody.
calendar-open = Open in the calendar app
calendar-how = Or copy the address and paste it where your calendar adds one from a URL.
calendar-name = Deadlines of { $name }
calendar-detail = Lead: { $lead }. Product: { $product }
entrance-calendar-over = This calendar address has ended. Make another on the Account page, under Calendar of deadlines.
deed-calendar-made = Make a calendar address
deed-calendar-ended = End a calendar address
