package dev.milvuso.feature.worker.state;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import dev.milvuso.config.Config;
import dev.milvuso.config.FeaturesConfig;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.profile.Decay;
import dev.milvuso.feature.profile.Features;
import dev.milvuso.feature.profile.HalfLife;
import dev.milvuso.feature.profile.ItemState;
import dev.milvuso.feature.profile.Profile;
import dev.milvuso.feature.profile.Tally;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What an event does to a profile and to items that are in memory. For one thread. */
public final class ActionProcessor {
    /** Event ids remembered to count a repeat once. */
    public static final int REMEMBERED_EVENTS = 200_000;

    // What PostgreSQL's timestamps can hold with room to spare.
    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private final ActionTypes types;
    private final FeaturesConfig config;
    private final HalfLife interest;
    private final Decay decay;
    private final Features features;
    private final Memory memory;
    private final RecentEvents recent = new RecentEvents(REMEMBERED_EVENTS);

    public ActionProcessor(Config config, Memory memory) {
        this.types = config.actions();
        this.config = config.features();
        this.interest = HalfLife.of(config.features().interestHalfLife());
        this.decay = Decay.of(config.features());
        this.features = new Features(config.features());
        this.memory = memory;
    }

    /**
     * Takes an action in, whose profile and item must be in memory, and whose time is not later than its arrival.
     *
     * @return what was known just before; a repeat gets a snapshot too, but counts nothing. Empty if the type is
     *     unknown
     */
    public Optional<FeatureSnapshot> apply(Action action) {
        Optional<ActionType> type = types.find(action.type());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Profile profile = Objects.requireNonNull(memory.profile(action.userId().value()), "profile");
        ItemState item = Objects.requireNonNull(memory.item(action.itemId().value()), "item");
        long time = Math.max(EARLIEST, action.timestamp().toEpochMilli());
        FeatureSnapshot snapshot = new FeatureSnapshot(
                action.eventId(),
                action.userId(),
                action.itemId(),
                action.timestamp(),
                features.of(profile, item, time));
        long hash = RecentEvents.hash(action.eventId().value());
        if (recent.add(hash) && profile.remember(hash)) {
            count(action, type.get(), profile, item, time);
        }
        return Optional.of(snapshot);
    }

    private void count(Action action, ActionType type, Profile profile, ItemState item, long time) {
        memory.changed(profile);
        if (type.isImpression()) {
            profile.seen(time);
            memory.count(item, new Tally(0, 1, 0, 0, time), decay);
            return;
        }
        double amount = type.verdict(action.value()) * type.weight();
        profile.act(item.id(), amount, time, config.recentItems());
        if (amount != 0) {
            profile.interests().add(item.interestKeys(), amount, time, interest, config.maxInterests());
        }
        if (action.standsIn()) {
            return; // the item was not met: it is to be shown, and no more popular for it
        }
        Double value = action.value().isPresent() ? action.value().getAsDouble() : null;
        memory.acted(new Batch.UserItem(profile.userId(), item.id(), time, type.name(), value));
        long clicks = type.name().equals("Click") ? 1 : 0;
        memory.count(item, new Tally(1, 0, clicks, Math.max(0, amount), time), decay);
    }

    /** Counts the list's items, which must be in memory, as shown. */
    public void apply(ServedList list) {
        if (!recent.add(RecentEvents.hash(list.requestId().value()))) {
            return;
        }
        for (ServedList.Shown shown : list.items()) {
            ItemState item = Objects.requireNonNull(memory.item(shown.itemId().value()), "item");
            memory.count(item, new Tally(0, 1, 0, 0, 0), decay);
        }
    }

    /** Forgets the user. How often items were acted on stays: it names nobody. */
    public void apply(Erasure erasure) {
        memory.erase(erasure.userId().value());
    }

    /** The log is read again from the stored offsets. */
    public void rewind() {
        recent.clear();
    }
}
