-- What units send: files taken in, and their figures, one row per submission.

create table import (
    id bigint primary key not null,
    kind text not null,
    file_name text not null,
    sha256 text not null,
    bytes bigint not null,
    row_count bigint not null,
    imported_ms bigint not null,
    unique (sha256, kind)
);

create table submission (
    position bigint primary key not null,
    id text not null unique,
    form text not null references form (code),
    unit bigint not null references unit (id),
    period text not null,
    revision bigint not null,
    import bigint not null references import (id),
    received_ms bigint not null,
    figures text not null,
    unique (unit, form, period, revision)
);

create index submission_import on submission (import);
