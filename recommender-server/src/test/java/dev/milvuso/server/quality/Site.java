package dev.milvuso.server.quality;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.ShownItems;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.config.ConfigLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/** Lists and actions as tests need them. */
final class Site {
    static final Meaning MEANING = new Meaning(ConfigLoader.defaults().actions(), Set.of("click"), Set.of("purchase"));

    private static final String[] TYPES = {
        "Click", "Click", "Click", "Like", "Purchase", "Dislike", "Skip", "View", "Impression", "Rate"
    };

    /** Items are numbers; what lies apart and what surprises follows from these alone. */
    static final class NumberedItems implements ItemFacts {
        @Override
        public double surprise(ItemId item) {
            return 1 + Integer.parseInt(item.value()) % 7;
        }

        @Override
        public double distance(ShownItems items, int k) {
            return Math.min(k, items.size()) < 2
                    ? Double.NaN
                    : Math.abs(Integer.parseInt(items.id(0).value())
                                    - Integer.parseInt(items.id(1).value()))
                            / 100.0;
        }

        @Override
        public int catalogue() {
            return 60;
        }
    }

    private Site() {}

    static ServedList list(String request, String user, long at, String... items) {
        return new ServedList(
                new RequestId(request),
                new UserId(user),
                "v1",
                Instant.ofEpochMilli(at),
                Arrays.stream(items)
                        .map(item -> new ServedList.Shown(new ItemId(item), 1, "personal", ""))
                        .toList());
    }

    static Action action(String type, String user, String item, long at, String request) {
        return new Action(
                new EventId("e-" + user + item + at + type),
                new UserId(user),
                new ItemId(item),
                type,
                Instant.ofEpochMilli(at),
                Instant.ofEpochMilli(at),
                request.isEmpty() ? Optional.empty() : Optional.of(new RequestId(request)),
                type.equals("Rate") ? OptionalDouble.of(1 + Math.floorMod(at, 5)) : OptionalDouble.empty(),
                Map.of());
    }

    /** What some users might do, in the order of time: lists of random items, actions that name them or do not. */
    static List<UserEvent> log(Random random, int events, long from, long until) {
        long[] times = random.longs(events, from, until).sorted().toArray();
        List<UserEvent> log = new ArrayList<>();
        List<ServedList> lists = new ArrayList<>();
        for (long time : times) {
            if (lists.isEmpty() || random.nextInt(3) == 0) {
                lists.add(list(random, lists.size(), time));
                log.add(lists.get(lists.size() - 1));
            } else {
                log.add(action(random, lists, time));
            }
        }
        return log;
    }

    private static ServedList list(Random random, int number, long time) {
        Set<String> items = new HashSet<>();
        while (items.size() < 2 + number % 13) {
            items.add(String.valueOf(random.nextInt(60)));
        }
        List<ServedList.Shown> shown = new ArrayList<>();
        for (String item : items) {
            String source = random.nextBoolean() ? "personal" : "trending";
            shown.add(new ServedList.Shown(new ItemId(item), 1, source, ""));
        }
        Map<String, String> variants =
                random.nextBoolean() ? Map.of("colour", random.nextBoolean() ? "a" : "b") : Map.of();
        return new ServedList(
                new RequestId("r" + number),
                new UserId("u" + random.nextInt(12)),
                random.nextBoolean() ? "v1" : "v2",
                Instant.ofEpochMilli(time),
                shown,
                new ServedList.Origin("here", variants, false));
    }

    private static Action action(Random random, List<ServedList> lists, long time) {
        ServedList list = lists.get(Math.max(0, lists.size() - 1 - random.nextInt(20)));
        boolean shown = random.nextInt(4) > 0;
        String item = shown
                ? list.items().get(random.nextInt(list.items().size())).itemId().value()
                : String.valueOf(random.nextInt(60));
        return action(
                TYPES[random.nextInt(TYPES.length)],
                random.nextInt(20) == 0 ? "stranger" : list.userId().value(),
                item,
                time,
                random.nextBoolean() ? list.requestId().value() : "");
    }
}
