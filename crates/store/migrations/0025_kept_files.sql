-- Kept files: what came, once each by the SHA-256 of its bytes, and the directives and tasks that it
-- belongs to.

create table file_content (
    sha256 text primary key not null,
    -- What can be searched: small letters without their marks; empty for a scan.
    words text not null,
    content bytea not null
);

create table kept_file (
    id bigint primary key not null,
    directive text references directive (code),
    task bigint references task (id),
    name text not null,
    sha256 text not null,
    kind text not null,
    bytes bigint not null,
    replaces bigint references kept_file (id),
    account bigint references account (id),
    added_ms bigint not null,
    -- Taken away, its bytes are gone unless another one has the same.
    removed_ms bigint,
    removed_because text
);

create index kept_file_directive on kept_file (directive);
create index kept_file_task on kept_file (task);
create index kept_file_sha256 on kept_file (sha256);
