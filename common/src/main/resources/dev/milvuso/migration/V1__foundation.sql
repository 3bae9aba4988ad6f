-- The catalogue. Written by recommender-server, read by it and by feature-worker.
-- change_number grows with every write, so that whoever follows the table asks for what is newer than the last it saw.
create sequence item_change;

create table item (
    item_id          text primary key,
    category         text,
    tags             text[] not null default '{}',
    popularity_score double precision not null default 0,
    created_at       timestamptz not null,
    title            text,
    description      text,
    attributes       jsonb not null default '{}',
    hidden           boolean not null default false,
    embedding        real[],
    deleted          boolean not null default false,
    change_number    bigint not null default nextval('item_change'),
    updated_at       timestamptz not null default now()
);
create index item_change_number on item (change_number);

-- What a user has done. Written by feature-worker alone.
create table user_profile (
    user_id        text primary key,
    actions        bigint not null,
    first_at       timestamptz not null,
    last_at        timestamptz not null,
    recent_items   text[] not null,
    profile        jsonb not null,
    updated_at     timestamptz not null default now()
);

-- The items a user has acted on (any action but Impression), for leaving them out. Written by feature-worker alone.
create table user_item (
    user_id  text not null,
    item_id  text not null,
    last_at  timestamptz not null,
    primary key (user_id, item_id)
);

-- How items are received. Written by feature-worker alone. popularity is a decayed sum as of popularity_at.
create table item_statistics (
    item_id        text primary key,
    actions        bigint not null,
    impressions    bigint not null,
    clicks         bigint not null,
    popularity     double precision not null,
    popularity_at  timestamptz not null,
    updated_at     timestamptz not null default now()
);
create index item_statistics_updated_at on item_statistics (updated_at);

-- How far feature-worker has read: in the transaction of what it wrote, so that a crash counts nothing twice.
create table consumer_offset (
    consumer   text not null,
    topic      text not null,
    partition  integer not null,
    next       bigint not null,
    primary key (consumer, topic, partition)
);

-- One row: each trainer that starts takes the next epoch, and readers refuse what an older one writes.
create table trainer_epoch (
    id     integer primary key check (id = 1),
    epoch  bigint not null
);
insert into trainer_epoch values (1, 0);
