
## Pictures of what a priority changes

noun-picture = picture
thing-picture = picture { $id } of a priority
committed-picture = the picture
deed-picture-added = Picture added to a priority
deed-picture-taken-back = Picture of a priority taken back
pictures-heading = Before and after
pictures-none = No pictures of { $unit } and those below yet.
pictures-more = { $count ->
    [one] One more picture
   *[other] { $count } more pictures
}. Open this page for the units below to see them.
pictures-none-before = No picture from before yet.
pictures-none-after = No picture from after yet.
picture-before = Before
picture-after = After
picture-about = Taken on { $day }, { $unit }
picture-add = Add a picture
picture-unit = The unit whose picture it is
picture-side = It was taken
picture-side-none = Choose
picture-side-before = before the change
picture-side-after = after the change
picture-taken-on = Day it was taken
picture-caption = What is seen on it
picture-caption-hint = One sentence for those who cannot see it. No names of residents.
picture-file = The picture
picture-hint = One JPEG, PNG or WebP of at most { $megabytes } MB. The server drops the place and the camera’s notes and keeps the picture alone. No faces of residents, no personal papers.
picture-save = Add the picture
picture-saved = The picture has been added.
picture-take-back = Take this picture back
picture-reason = Why it is taken back
picture-reason-hint = The picture itself is deleted; the reason and who took it back stay in the history.
picture-taken-back = The picture has been taken back.
picturing-without-picture = No file was chosen. Take or choose a picture and send again.
picturing-without-side = It does not say whether the picture was taken before or after the change. Choose one.
picturing-without-day = The day on which it was taken is missing. Choose the day.
picturing-day-to-come = It cannot have been taken after today ({ $day }). Change the day.
picturing-without-caption = It does not say what is seen. Write a short sentence.
picturing-caption-too-long = The caption is longer than { $most } characters. Shorten it.
picturing-secret = “{ $place }” carries the mark “{ $mark }”. Secret material has no place in this system. If it is none, rename the file or write the caption anew.
picturing-of-another-unit = This is a priority of { $unit }; only { $unit } and those below it show pictures of it. Choose another unit.
picturing-known = The picture is here already: “{ $caption }”. Choose another one.
picturing-too-many = The unit shows { $most } pictures here. Take an older one back and add this one then.
picturing-gone = The picture was taken back before. Load the page again.
picturing-without-reason = It does not say why the picture is taken back. Write a short sentence.
picturing-reason-too-long = The reason is longer than { $most } characters. Shorten it.
demo-picture-before = A drawing: stalls on the pavement and in the roadway before the market gate (sample data)
demo-picture-after = A drawing: a free pavement, the stalls have moved into the new market (sample data)
