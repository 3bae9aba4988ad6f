-- Who may learn and write: the trainer that took the newest epoch, until its lease runs out by this server's clock.
alter table trainer_epoch add column holder text;
alter table trainer_epoch add column held_until timestamptz;
