-- Rollcall's state, version 1, for PostgreSQL 14 or later.
-- Moments are milliseconds since 1970-01-01T00:00Z. Text is as in Java, but for characters that not every database
-- keeps: U+0000, half a surrogate pair, and U+E000 itself are written as U+E000 and four hexadecimal digits.

-- One line for each run that wrote, or was to.
create table rollcall_runs (
    number      bigint generated always as identity primary key, -- in the order in which they began
    id          text not null unique,
    data_source text not null,
    target      text not null,               -- the directory or application that it writes to
    started     bigint not null,
    ended       bigint,
    state       text not null,
    counts      text not null,               -- such as create=3 disable=1
    hash        text not null,               -- of its plan
    undoes      text,                        -- the id of the run that it undoes
    forgotten   smallint not null default 0  -- 1 while its changes are being removed
);
create index rollcall_runs_by_end on rollcall_runs (ended);

-- The changes of a run: what was intended, and what became of it.
create table rollcall_changes (
    run          bigint not null,            -- rollcall_runs.number
    position     bigint not null,
    kind         text not null,
    person       text not null,              -- the primary key
    dn           text not null,
    id           text,                       -- what the entry is known by however it is renamed
    new_dn       text,
    member_of    text,                       -- the group of a membership
    leaver       smallint not null,
    attributes   bytea not null,             -- before and after; see docs/state.md
    result       text,
    problem      text,
    at           bigint,
    unsettled    smallint not null,          -- 1 as long as nobody knows what became of it
    primary key (run, position)
);
create index rollcall_changes_unsettled on rollcall_changes (run, position) where unsettled = 1;

-- Primary keys that data sources have shown in complete reads. A long key is kept as its hash.
create table rollcall_seen_keys (
    data_source text not null,
    person      text not null,
    primary key (data_source, person)
);

-- Values that a server keeps in its own way, as salted fingerprints.
create table rollcall_normalizations (
    target    text not null,
    place     text not null,                 -- hash of entry and attribute
    entry     text not null,
    attribute text not null,
    wanted    text not null,
    stored    text not null,
    primary key (target, place)
);

-- What the last complete run left at an application.
create table rollcall_accounts (
    target   text not null primary key,
    accounts bigint not null,
    loading  smallint not null
);

-- Who may write where. A line stays when its lease ends, so that the number grows.
create table rollcall_leases (
    what   text not null primary key,
    number bigint not null,
    holder text not null,
    since  bigint not null,
    ends   bigint not null                   -- 0 once it was given back
);
