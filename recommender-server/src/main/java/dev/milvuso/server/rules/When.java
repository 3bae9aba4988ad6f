package dev.milvuso.server.rules;

import dev.milvuso.action.UserId;
import java.util.Optional;
import java.util.Set;

/**
 * When a rule applies. All that is given must hold; nothing given means always, for all items.
 *
 * @param item a filter: the items that the rule is about
 * @param contextItem a filter: the item that the user is looking at must fulfil it
 * @param users it is about these alone; none means all, and requests of nobody too
 * @param segment it is about this part of the users alone
 */
public record When(Optional<String> item, Optional<String> contextItem, Set<UserId> users, Optional<Segment> segment) {
    /** Users that one rule may name. */
    public static final int MOST_USERS = 10_000;

    /** All items, for everybody. */
    public static final When ALWAYS = new When(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    /**
     * A part of the users, by a hash of their ids that stays.
     *
     * @param from in percent, from 0 on
     * @param to in percent, up to 100; not part of it
     */
    public record Segment(double from, double to) {
        public Segment {
            if (!(from >= 0 && from < to && to <= 100)) {
                throw new IllegalArgumentException("must go from 0 or more to 100 or less, upwards");
            }
        }

        boolean contains(UserId user) {
            int hash = user.value().hashCode() * 0x9E3779B9;
            hash = (hash ^ hash >>> 15) * 0x85EBCA6B;
            double percent = ((hash ^ hash >>> 13) & Integer.MAX_VALUE) * 100.0 / (1L << 31);
            return percent >= from && percent < to;
        }
    }

    public When {
        users = Set.copyOf(users);
    }

    /** Whether it depends on who asks or what they look at. */
    boolean isConditional() {
        return contextItem.isPresent() || !users.isEmpty() || segment.isPresent();
    }

    /** Whether it is about this user, as far as users go. */
    boolean isAbout(Optional<UserId> user) {
        return (users.isEmpty() || user.filter(users::contains).isPresent())
                && (segment.isEmpty() || user.filter(segment.get()::contains).isPresent());
    }
}
