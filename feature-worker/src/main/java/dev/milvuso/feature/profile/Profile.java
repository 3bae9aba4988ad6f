package dev.milvuso.feature.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What a user has done. Times are milliseconds since 1970. Not safe for use by several threads. */
public final class Profile {
    /** Event ids that a profile remembers, so that a repeat is known also after a restart. */
    static final int REMEMBERED_EVENTS = 64;

    private static final long DAY = 86_400_000;

    private final String userId;
    private final LinkedHashSet<String> recentItems = new LinkedHashSet<>();
    private final LinkedHashSet<Long> recentEvents = new LinkedHashSet<>();
    private final Interests interests;
    private final Activity activity;
    private long version;

    /** A profile of somebody of whom nothing is known. */
    public Profile(String userId) {
        this(userId, new Activity(0, 0, 0, 0, 0), new Interests());
    }

    Profile(
            String userId,
            long version,
            Activity activity,
            List<String> recent,
            List<Long> events,
            Interests interests) {
        this(userId, activity, interests);
        this.version = version;
        recentItems.addAll(recent);
        recentEvents.addAll(events);
    }

    private Profile(String userId, Activity activity, Interests interests) {
        this.userId = userId;
        this.activity = activity;
        this.interests = interests;
    }

    /** How often and when. */
    static final class Activity {
        private long actions;
        private long firstAt;
        private long lastAt;
        private long days;
        private long positive;

        Activity(long actions, long positive, long firstAt, long lastAt, long days) {
            this.actions = actions;
            this.positive = positive;
            this.firstAt = firstAt;
            this.lastAt = lastAt;
            this.days = days;
        }

        private void seen(long time) {
            if (days == 0 || Math.floorDiv(time, DAY) > Math.floorDiv(lastAt, DAY)) {
                days++;
            }
            firstAt = days == 1 && lastAt == 0 ? time : Math.min(firstAt, time);
            lastAt = Math.max(lastAt, time);
        }
    }

    /** Remembers an event id's hash; false if it was known, that is, the event is a repeat. */
    public boolean remember(long eventHash) {
        if (!recentEvents.add(eventHash)) {
            return false;
        }
        if (recentEvents.size() > REMEMBERED_EVENTS) {
            recentEvents.remove(recentEvents.iterator().next());
        }
        return true;
    }

    /** The user was there, without having acted. */
    public void seen(long time) {
        activity.seen(time);
    }

    /**
     * @param amount weight of the action, below 0 when it speaks against the item
     * @param mostItems items to remember
     */
    public void act(String itemId, double amount, long time, int mostItems) {
        activity.seen(time);
        activity.actions++;
        activity.positive += amount > 0 ? 1 : 0;
        recentItems.remove(itemId);
        recentItems.add(itemId);
        while (recentItems.size() > mostItems) {
            recentItems.remove(recentItems.iterator().next());
        }
    }

    /** The version to store it as: one more than that of the row it was made from, 1 if there was none. */
    public long nextVersion() {
        return ++version;
    }

    public String userId() {
        return userId;
    }

    public Interests interests() {
        return interests;
    }

    /** The oldest first. */
    public List<String> recentItems() {
        return new ArrayList<>(recentItems);
    }

    int recentCount() {
        return recentItems.size();
    }

    public boolean hasRecent(String itemId) {
        return recentItems.contains(itemId);
    }

    List<Long> recentEvents() {
        return new ArrayList<>(recentEvents);
    }

    /** Actions but Impressions. */
    public long actions() {
        return activity.actions;
    }

    public long positive() {
        return activity.positive;
    }

    public long firstAt() {
        return activity.firstAt;
    }

    public long lastAt() {
        return activity.lastAt;
    }

    /** Days on which there was something, by UTC. */
    public long days() {
        return activity.days;
    }
}
