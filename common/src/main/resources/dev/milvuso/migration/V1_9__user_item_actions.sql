-- What the user did with the item last: an action type as it is configured, and its value. Null in rows from before.
alter table user_item add column action_type text, add column value double precision;
