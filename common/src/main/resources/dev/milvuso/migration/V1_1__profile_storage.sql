-- Profiles are written far more often than they are read: to compress each costs more than the space.
alter table user_profile alter column profile set storage external;
