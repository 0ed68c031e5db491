-- The journal: one row per command, positions without gaps, written by one connection.
create schema journal;

create table journal.rows (
    position     bigint   primary key,
    kind         smallint not null,
    stream       uuid     not null,
    version      integer  not null,
    command_id   uuid     not null,
    content_hash bytea    not null,
    body         bytea    not null,
    chain        bytea    not null
);

-- Two writers that believe they own one grain collide here: the later one learns that it is fenced.
create unique index rows_stream on journal.rows (stream, version, kind);

-- Bodies are read whole and are compact already.
alter table journal.rows alter column body set storage external;

-- Snapshots are a cache: any row may be deleted at any time.
create table journal.snapshots (
    kind          smallint not null,
    stream        uuid     not null,
    version       integer  not null,
    position      bigint   not null,
    state_version integer  not null,
    body          bytea    not null,
    primary key (stream, kind)
);

-- Keys of persons, wrapped by the master key that lives outside the database. A schema of its own, so that a
-- dump can leave it out and keep it for a shorter time.
create schema vault;

create table vault.person_keys (
    person  uuid  primary key,
    wrapped bytea not null
);

create schema views;

create table views.checkpoints (
    name     text    primary key,
    version  integer not null,
    position bigint  not null
);
