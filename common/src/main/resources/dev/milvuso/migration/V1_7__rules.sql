-- When an item may be recommended: from the first time on, up to but not including the second.
alter table item add column available_from timestamptz;
alter table item add column available_until timestamptz;

-- How items were received of late: a sum that decays within hours, as of popularity_at. It stands beside popularity so that
-- a rise can be told from what was always so.
alter table item_statistics add column trend double precision not null default 0;

-- What the site wants of its lists beyond what is learned. Written by recommender-server, every instance of which reads all of
-- it again when count, largest or sum of change_number are other than before.
create sequence business_rule_change;

create table business_rule (
    name           text primary key,
    body           jsonb not null,
    version        bigint not null default 1,
    change_number  bigint not null default nextval('business_rule_change'),
    updated_at     timestamptz not null default now()
);

-- Who was erased: a marker for whoever may still hold or learn something of a user. Written by recommender-server; read by
-- recommender-server and by the trainer, by change_number.
create sequence erased_user_change;

create table erased_user (
    user_id        text primary key,
    erased_at      timestamptz not null default now(),
    vectors_gone   boolean not null default false,
    change_number  bigint not null default nextval('erased_user_change')
);
create index erased_user_change_number on erased_user (change_number);
create index erased_user_vectors on erased_user (change_number) where not vectors_gone;
