-- Every model that was trained. Written by trainer and by `train --register`.
-- cut: the offset behind the last of training_examples that the model has seen, by partition.
create table model_version (
    version        text primary key,
    origin         text not null check (origin in ('batch', 'online')),
    created_at     timestamptz not null default now(),
    data           jsonb not null,
    cut            jsonb not null,
    configuration  jsonb not null,
    seed           bigint not null,
    metrics        jsonb not null,
    artefact       text not null
);

-- Which version was to be served, and what came of it. Asked for by an operator or by the trainer, done by the trainer
-- that has the lease; the last one done is the one served.
create table model_activation (
    id            bigint generated always as identity primary key,
    version       text not null references model_version,
    reason        text not null check (reason in ('start', 'publish', 'rollback', 'pin', 'drift')),
    state         text not null default 'asked' check (state in ('asked', 'done', 'refused')),
    asked_at      timestamptz not null default now(),
    ended_at      timestamptz,
    message       text not null default '',
    predecessor   text,
    baseline      double precision
);
create index model_activation_state on model_activation (state, id);

-- How a version did online, by hour: sums over examples (loss) and over positives ranked before they were learned (NDCG@10).
create table model_hour (
    version    text not null references model_version,
    hour       timestamptz not null,
    examples   bigint not null,
    loss       double precision not null,
    positives  bigint not null,
    ndcg       double precision not null,
    primary key (version, hour)
);
