package dev.milvuso.trainer.data;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** The positive interactions of some files, or all their ratings, as pairs of numbers. */
public final class PositivePairs {
    /** A rating below it counts against the item. */
    private static final double LIKED = 3;

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();
    private final List<String> userIds = new ArrayList<>();
    private final List<String> itemIds = new ArrayList<>();

    // User and item side by side: whoever looks up one mostly wants the other, and waits for memory once.
    private int[] pairs = new int[2048];
    private float[] ratings = new float[0];
    private int size;
    private long notPositive;
    private long skipped;

    /** @throws IllegalArgumentException in one sentence, if a file cannot be read or none holds a positive one */
    public static PositivePairs read(List<Path> files, DataFormat format, OnError onError, ActionTypes actions) {
        PositivePairs data = new PositivePairs();
        for (Path file : files) {
            try (InteractionReader reader = InteractionReader.open(file, format, onError, actions)) {
                for (Interaction next = reader.next(); next != null; next = reader.next()) {
                    if (isPositive(next, format, actions)) {
                        data.add(next.user(), next.item());
                    } else {
                        data.notPositive++;
                    }
                }
                data.skipped += reader.skipped();
            }
        }
        if (data.size == 0) {
            throw new IllegalArgumentException(
                    files.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + ": no positive interaction in it, must hold at least one");
        }
        return data;
    }

    /**
     * The ratings of the files, good and bad ones.
     *
     * @throws IllegalArgumentException in one sentence, if a file cannot be read or none holds a rating
     */
    public static PositivePairs readRatings(List<Path> files, DataFormat format, OnError onError, ActionTypes actions) {
        PositivePairs data = new PositivePairs();
        for (Path file : files) {
            try (InteractionReader reader = InteractionReader.open(file, format, onError, actions)) {
                for (Interaction next = reader.next(); next != null; next = reader.next()) {
                    if (isRating(next, actions)) {
                        data.add(next.user(), next.item(), (float) next.value().getAsDouble());
                    } else {
                        data.notPositive++;
                    }
                }
                data.skipped += reader.skipped();
            }
        }
        if (data.size == 0) {
            throw new IllegalArgumentException(
                    files.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + ": no rating in it, must hold at least one where training.loss is \"squared\"");
        }
        return data;
    }

    private static boolean isRating(Interaction next, ActionTypes actions) {
        return next.value().isPresent()
                && next.actionType()
                        .flatMap(actions::find)
                        .map(ActionType::isRating)
                        .orElse(true);
    }

    /** What says nothing of its kind is positive, as are the formats that know no other. */
    static boolean isPositive(Interaction next, DataFormat format, ActionTypes actions) {
        if (format == DataFormat.NCF || format == DataFormat.ADJACENCY) {
            return true;
        }
        return next.actionType()
                .flatMap(actions::find)
                .map(type ->
                        type.sign() > 0 && !(type.isRating() && next.value().orElse(LIKED) < LIKED))
                .orElse(true);
    }

    /** One positive interaction. */
    public void add(String userId, String itemId) {
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 4 * size);
        }
        pairs[2 * size] = number(users, userIds, userId);
        pairs[2 * size + 1] = number(items, itemIds, itemId);
        size++;
    }

    /** One rating. */
    public void add(String userId, String itemId, float rating) {
        add(userId, itemId);
        if (ratings.length < pairs.length / 2) {
            ratings = Arrays.copyOf(ratings, pairs.length / 2);
        }
        ratings[size - 1] = rating;
    }

    private static int number(Map<String, Integer> numbers, List<String> ids, String id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        numbers.put(id, ids.size());
        ids.add(id);
        return ids.size() - 1;
    }

    /** Counts an interaction that says nothing for its item. */
    public void leaveOut() {
        notPositive++;
    }

    /** Counts a record that could not be read. */
    public void skip() {
        skipped++;
    }

    public int size() {
        return size;
    }

    /** Interactions that say nothing for their item, and are left out. */
    public long notPositive() {
        return notPositive;
    }

    public long skipped() {
        return skipped;
    }

    public int user(int index) {
        return pairs[2 * index];
    }

    public int item(int index) {
        return pairs[2 * index + 1];
    }

    /**
     * Sorts the pairs by user; those of a user stay in their order. Of several threads that share the pairs the first
     * sorts them; each reads pairs only after its own call has returned.
     */
    public synchronized void sortByUser() {
        if (isSortedByUser()) {
            return;
        }
        int[] next = new int[userIds.size() + 1];
        for (int i = 0; i < size; i++) {
            next[user(i) + 1]++;
        }
        for (int u = 0; u < userIds.size(); u++) {
            next[u + 1] += next[u];
        }
        int[] sorted = new int[2 * size];
        float[] sortedRatings = new float[isRated() ? size : 0];
        for (int i = 0; i < size; i++) {
            int place = next[user(i)]++;
            sorted[2 * place] = user(i);
            sorted[2 * place + 1] = item(i);
            if (isRated()) {
                sortedRatings[place] = rating(i);
            }
        }
        pairs = sorted;
        ratings = sortedRatings;
    }

    private boolean isSortedByUser() {
        for (int i = 1; i < size; i++) {
            if (user(i) < user(i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Whether pairs have been rated, all of them then. */
    public boolean isRated() {
        return ratings.length > 0;
    }

    /** What the user has rated the item with. */
    public float rating(int index) {
        return ratings[index];
    }

    /** The pairs by user. */
    public Histories histories() {
        int[] user = new int[size];
        int[] item = new int[size];
        Arrays.setAll(user, this::user);
        Arrays.setAll(item, this::item);
        return Histories.of(userIds.size(), size, user, item);
    }

    /** Tells these data from others: a checksum of ids, pairs and ratings, in their order. */
    public long sum() {
        CRC32C sum = new CRC32C();
        for (List<String> ids : List.of(userIds, itemIds)) {
            for (String id : ids) {
                sum.update((id + '\n').getBytes(StandardCharsets.UTF_8));
            }
        }
        ByteBuffer numbers = ByteBuffer.allocate(3 * Integer.BYTES);
        for (int i = 0; i < size; i++) {
            sum.update(numbers.clear()
                    .putInt(user(i))
                    .putInt(item(i))
                    .putFloat(isRated() ? rating(i) : 0)
                    .flip());
        }
        return sum.getValue();
    }

    public List<String> userIds() {
        return userIds;
    }

    public List<String> itemIds() {
        return itemIds;
    }
}
