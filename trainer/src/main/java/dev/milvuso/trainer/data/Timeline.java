package dev.milvuso.trainer.data;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Interactions oldest first, those of one time in the order of their files. Users and items are numbered by their first
 * appearance. What says nothing of its item is left out.
 */
public final class Timeline {
    /** Where in time it lies, and what it says. */
    private record Event(int user, int item, boolean positive, float weight, long millis) {}

    private final List<Event> events;
    private final List<String> userIds;
    private final List<String> itemIds;
    private final int[] itemsBefore;
    private final int[] usersBefore;
    private final long skipped;

    private Timeline(List<Event> events, List<String> userIds, List<String> itemIds, long skipped) {
        this.events = events;
        this.userIds = userIds;
        this.itemIds = itemIds;
        this.skipped = skipped;
        itemsBefore = new int[events.size() + 1];
        usersBefore = new int[events.size() + 1];
        for (int i = 0; i < events.size(); i++) {
            itemsBefore[i + 1] = Math.max(itemsBefore[i], events.get(i).item() + 1);
            usersBefore[i + 1] = Math.max(usersBefore[i], events.get(i).user() + 1);
        }
    }

    /**
     * @param actions which action types count, how much, and for or against the item
     * @throws IllegalArgumentException in one sentence, if a file cannot be read, a line has no time, or none is left
     */
    public static Timeline read(List<Path> files, DataFormat format, OnError onError, ActionTypes actions) {
        Map<String, Integer> users = new HashMap<>();
        Map<String, Integer> items = new HashMap<>();
        List<Event> events = new ArrayList<>();
        long skipped = 0;
        for (Path file : files) {
            try (InteractionReader reader = InteractionReader.open(file, format, onError, actions)) {
                for (Interaction next = reader.next(); next != null; next = reader.next()) {
                    if (next.timestampMillis().isEmpty()) {
                        throw new IllegalArgumentException(file + " " + format.unit() + " " + reader.line()
                                + " has no timestamp: to be put in time order every " + format.unit()
                                + " must have one");
                    }
                    float weight = weight(next, actions);
                    if (weight > 0) {
                        events.add(new Event(
                                number(users, next.user()),
                                number(items, next.item()),
                                PositivePairs.isPositive(next, format, actions),
                                weight,
                                next.timestampMillis().getAsLong()));
                    }
                }
                skipped += reader.skipped();
            }
        }
        if (events.isEmpty()) {
            throw new IllegalArgumentException(files.get(0) + " holds no interaction that counts: must hold some");
        }
        events.sort(Comparator.comparingLong(Event::millis));
        return numbered(events, names(users), names(items), skipped);
    }

    private static float weight(Interaction next, ActionTypes actions) {
        return next.actionType()
                .flatMap(actions::find)
                .map(type -> type.sign() == 0 ? 0 : type.weight())
                .orElse(1f);
    }

    private static int number(Map<String, Integer> numbers, String id) {
        Integer known = numbers.get(id);
        if (known == null) {
            known = numbers.size();
            numbers.put(id, known);
        }
        return known;
    }

    private static String[] names(Map<String, Integer> numbers) {
        String[] names = new String[numbers.size()];
        numbers.forEach((id, number) -> names[number] = id);
        return names;
    }

    /** Numbers everybody again, now in the order of time. */
    private static Timeline numbered(List<Event> sorted, String[] users, String[] items, long skipped) {
        Map<String, Integer> userNumbers = new HashMap<>();
        Map<String, Integer> itemNumbers = new HashMap<>();
        List<Event> events = new ArrayList<>(sorted.size());
        for (Event event : sorted) {
            events.add(new Event(
                    number(userNumbers, users[event.user()]),
                    number(itemNumbers, items[event.item()]),
                    event.positive(),
                    event.weight(),
                    event.millis()));
        }
        return new Timeline(events, List.of(names(userNumbers)), List.of(names(itemNumbers)), skipped);
    }

    public int size() {
        return events.size();
    }

    public int user(int event) {
        return events.get(event).user();
    }

    public int item(int event) {
        return events.get(event).item();
    }

    /** Whether it speaks for its item. */
    public boolean isPositive(int event) {
        return events.get(event).positive();
    }

    /** Above 0; see {@link ActionType#weight}. */
    public float weight(int event) {
        return events.get(event).weight();
    }

    /** Since 1970. */
    public long millis(int event) {
        return events.get(event).millis();
    }

    /** How many items had appeared before this event: their numbers are below it. */
    public int itemsBefore(int event) {
        return itemsBefore[event];
    }

    /** How many users had appeared before this event: their numbers are below it. */
    public int usersBefore(int event) {
        return usersBefore[event];
    }

    /** Lines that could not be read. */
    public long skipped() {
        return skipped;
    }

    public List<String> userIds() {
        return userIds;
    }

    public List<String> itemIds() {
        return itemIds;
    }

    /** The positive interactions from one event to before another, to train or test on. */
    public PositivePairs positives(int from, int to) {
        PositivePairs pairs = new PositivePairs();
        IntStream.range(from, to)
                .filter(this::isPositive)
                .forEach(event -> pairs.add(userIds.get(user(event)), itemIds.get(item(event))));
        return pairs;
    }
}
