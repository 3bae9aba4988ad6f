-- Events whose clock ran ahead were counted at their own time, and such a sum would not decay before that time has come.
update item_statistics
set popularity = case when popularity between 0 and 1e30 then popularity else 0 end,
    popularity_at = least(popularity_at, now()),
    updated_at = now()
where popularity_at > now() + interval '5 minutes' or popularity not between 0 and 1e30;

update user_profile
set first_at = least(first_at, now()), last_at = least(last_at, now()), updated_at = now()
where last_at > now() + interval '5 minutes';

update user_item set last_at = least(last_at, now()) where last_at > now() + interval '5 minutes';
