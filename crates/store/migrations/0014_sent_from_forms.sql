-- What is sent from forms belongs to one import that is no file, instead of one for each sending.
insert into import (id, kind, file_name, sha256, bytes, row_count, imported_ms)
values (0, 'entry', '', '', 0, 0, 0);
