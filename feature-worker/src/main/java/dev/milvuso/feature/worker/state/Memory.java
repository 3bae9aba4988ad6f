package dev.milvuso.feature.worker.state;

import dev.milvuso.feature.profile.Decay;
import dev.milvuso.feature.profile.HalfLife;
import dev.milvuso.feature.profile.ItemState;
import dev.milvuso.feature.profile.Profile;
import dev.milvuso.feature.profile.ProfileJson;
import dev.milvuso.feature.profile.Tally;
import dev.milvuso.feature.worker.state.Batch.OffsetStep;
import dev.milvuso.feature.worker.state.Batch.ProfileRow;
import dev.milvuso.feature.worker.state.Batch.UserItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Profiles and items in memory, and what of them is not yet stored. The longest unused are dropped over the bounds, but
 * never one that is not stored. For one thread.
 */
public final class Memory {
    private static final int ITEMS = 200_000;

    private final int mostProfiles;
    private final HalfLife interest;
    private final LinkedHashMap<String, Profile> profiles = new LinkedHashMap<>(1024, 0.75f, true);
    private final LinkedHashMap<String, ItemState> items = new LinkedHashMap<>(1024, 0.75f, true);
    private final Set<String> dirtyProfiles = new HashSet<>();
    private final Set<String> dirtyItems = new HashSet<>();
    private final Map<List<String>, UserItem> userItems = new HashMap<>();
    private final Set<String> erased = new HashSet<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<Integer, Long> stored = new HashMap<>();
    private final Map<Integer, Long> next = new HashMap<>();

    /** @param interest the half-life of interests */
    public Memory(int mostProfiles, HalfLife interest) {
        this.mostProfiles = mostProfiles;
        this.interest = interest;
    }

    public @Nullable Profile profile(String userId) {
        return profiles.get(userId);
    }

    public @Nullable ItemState item(String itemId) {
        return items.get(itemId);
    }

    public void put(Profile profile) {
        profiles.put(profile.userId(), profile);
    }

    public void put(ItemState item) {
        items.put(item.id(), item);
    }

    void changed(Profile profile) {
        dirtyProfiles.add(profile.userId());
    }

    void acted(UserItem row) {
        userItems.merge(List.of(row.userId(), row.itemId()), row, (a, b) -> a.at() > b.at() ? a : b);
    }

    /** Nothing of the user is to be left, stored or not; their next action is the first. */
    void erase(String userId) {
        profiles.put(userId, new Profile(userId));
        dirtyProfiles.remove(userId);
        userItems.values().removeIf(row -> row.userId().equals(userId));
        erased.add(userId);
    }

    void count(ItemState item, Tally more, Decay decay) {
        item.count(more, decay);
        dirtyItems.add(item.id());
    }

    /** The partition was assigned, and this is the next offset by what is stored. */
    public void assigned(int partition, long offset) {
        stored.put(partition, offset);
        next.put(partition, offset);
    }

    /** Everything before {@code offset} has been taken in. */
    public void read(int partition, long offset) {
        next.put(partition, offset);
    }

    /** The step that leaves {@code to} stored. */
    public OffsetStep step(int partition, long to) {
        return new OffsetStep(stored.getOrDefault(partition, 0L), to);
    }

    /** Rows that wait to be stored, without those under way. */
    public int dirtyRows() {
        return erased.size() + dirtyProfiles.size() + dirtyItems.size() + userItems.size();
    }

    public boolean isDirty() {
        return !next.equals(stored);
    }

    /** Hands over what is not stored; {@link #stored} or {@link #clear} must follow before the next time. */
    public Batch take() {
        List<ProfileRow> rows = new ArrayList<>(dirtyProfiles.size());
        for (String userId : new TreeSet<>(dirtyProfiles)) {
            rows.add(row(Objects.requireNonNull(profiles.get(userId), "profile")));
        }
        SortedMap<String, Tally> tallies = new TreeMap<>();
        for (String itemId : dirtyItems) {
            tallies.put(
                    itemId, Objects.requireNonNull(items.get(itemId), "item").takePending());
        }
        Map<Integer, OffsetStep> steps = new HashMap<>();
        next.forEach((partition, to) -> {
            OffsetStep step = step(partition, to);
            if (step.from() != to) {
                steps.put(partition, step);
            }
        });
        Batch batch = new Batch(Set.copyOf(erased), rows, List.copyOf(userItems.values()), tallies, steps);
        underWay.addAll(dirtyProfiles);
        erased.clear();
        dirtyProfiles.clear();
        dirtyItems.clear();
        userItems.clear();
        return batch;
    }

    private ProfileRow row(Profile profile) {
        return new ProfileRow(
                profile.userId(),
                profile.nextVersion(),
                profile.actions(),
                profile.firstAt(),
                profile.lastAt(),
                profile.recentItems(),
                ProfileJson.encode(profile, interest));
    }

    /** @param now the items' statistics as they are stored now, of all workers */
    public void stored(Batch batch, Map<String, Tally> now) {
        underWay.clear();
        now.forEach((itemId, tally) ->
                Objects.requireNonNull(items.get(itemId), "item").stored(tally));
        batch.offsets().forEach((partition, step) -> stored.put(partition, step.to()));
    }

    /** Drops the longest unused over the bounds, so far as they are stored. */
    public void trim() {
        trim(profiles, mostProfiles, profile -> isStored(profile.userId()));
        trim(items, ITEMS, ItemState::isClean);
    }

    private boolean isStored(String userId) {
        return !dirtyProfiles.contains(userId) && !underWay.contains(userId) && !erased.contains(userId);
    }

    private static <V> void trim(Map<String, V> cache, int most, Predicate<V> droppable) {
        Iterator<V> oldest = cache.values().iterator();
        for (int over = cache.size() - most; over > 0 && oldest.hasNext(); ) {
            if (droppable.test(oldest.next())) {
                oldest.remove();
                over--;
            }
        }
    }

    /** Forgets everything, stored or not: the partitions are read again from the stored offsets. */
    public void clear() {
        profiles.clear();
        items.clear();
        erased.clear();
        dirtyProfiles.clear();
        dirtyItems.clear();
        userItems.clear();
        underWay.clear();
        stored.clear();
        next.clear();
    }
}
