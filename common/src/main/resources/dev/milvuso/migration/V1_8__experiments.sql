-- Experiments on users. Written and read by recommender-server.
-- lower_bound: where its part of the layer begins, 0 to 1, once it was started.
create table experiment (
    name         text primary key,
    definition   jsonb not null,
    state        text not null default 'draft' check (state in ('draft', 'running', 'stopped', 'concluded')),
    lower_bound  double precision not null default 0,
    created_at   timestamptz not null default now(),
    started_at   timestamptz,
    ended_at     timestamptz,
    message      text not null default '',
    winner       text
);

-- What came of the lists that a user of an experiment saw within the outcome window, which begins at first_at.
create table experiment_user (
    experiment     text not null,
    user_id        text not null,
    variant        text not null,
    first_at       timestamptz not null,
    lists          bigint not null,
    shown          bigint not null,
    clicks         bigint not null,
    conversions    bigint not null,
    favours        bigint not null,
    againsts       bigint not null,
    first_clicks   bigint not null,
    second_clicks  bigint not null,
    seconds        double precision not null,
    degraded       bigint not null,
    primary key (experiment, user_id)
);
