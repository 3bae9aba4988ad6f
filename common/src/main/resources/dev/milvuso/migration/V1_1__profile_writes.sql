-- Profiles are written far more often than they are read: to compress each costs more than the space.
alter table user_profile alter column profile set storage external;

-- One more with each write: a profile is written only over the row that it was made from.
alter table user_profile add column version bigint not null default 0;
