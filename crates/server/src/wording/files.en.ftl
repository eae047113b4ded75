
## Kept files

files-heading = Files
files-products = Product files
files-none = No file yet.
files-choose = Add a file
files-hint = PDF, DOCX, XLSX, JPG or PNG, at most { $megabytes } MB. Nothing marked as a state secret.
files-save = Upload
files-change = Replace or take away
files-replace = The new version
files-replace-save = Replace the file
files-reason = Why it is taken away
files-reason-hint = What the file holds is erased; its name and the reason stay on this page.
files-remove = Take the file away
files-older = { $count ->
    [one] 1 older or removed file
   *[other] { $count } older or removed files
}
files-kept = The file is kept.
files-removed = The file was taken away.
file-about = { $kind }, { $size } · uploaded by { $name }, { $moment }
file-not-searchable = The file holds no text (a photo or a scan), so search does not find what it says.
file-replaced = Replaced by { $name }.
file-removed = Taken away { $moment }: { $reason }
file-pdf = PDF
file-docx = Word document
file-xlsx = Excel workbook
file-jpeg = JPEG picture
file-png = PNG picture
search-in-file = in the file { $file }
keeping-nothing = No file was chosen. Choose one and upload it.
keeping-too-large = The file is larger than { $megabytes } MB. Scan it at a lower resolution, or split the document.
keeping-unknown-kind = This is no PDF, DOCX, XLSX, JPG or PNG. Save the document as a PDF and upload that.
keeping-damaged = The file is damaged or did not arrive whole. Open it on your computer, save it again and upload it once more.
keeping-locked = The file is locked with a password, so nobody can open it. Remove the password and upload it.
keeping-macros = The file carries programs (macros). Save it as a PDF, or remove the macros, and upload it.
keeping-unpacks-too-large = What the file holds is oddly large for its size. Save the document as a PDF and upload that.
keeping-reader-stopped = Reading took too long or too much memory and was stopped. Save the document as a simpler PDF and upload that.
keeping-secret = The file carries the mark “{ $mark }” at “{ $place }”, so it has no place in this system. Keep that document as the rules on state secrets ask. If it is no secret, change the file's name or that line and upload it.
keeping-known = This file is there already, as { $name }.
keeping-too-many = There are { $most } files. Take away one that is not needed before adding another.
keeping-replaces-nothing = The file to be replaced was replaced or taken away. Look at the list and choose again.
keeping-gone = This file was taken away and cannot be got any more. The page of the directive or task says why.
keeping-without-reason = Nothing says why the file is taken away. Write a sentence so that others know.
keeping-reason-too-long = The reason is longer than { $most } characters. Make it shorter.
noun-kept-file = file
thing-file = file { $id }
committed-file-name = the file's name
committed-reason = the reason
deed-file-kept = Kept a file
deed-file-taken-away = Took a file away
