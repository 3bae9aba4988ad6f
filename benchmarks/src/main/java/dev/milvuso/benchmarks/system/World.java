package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A catalogue of kinds of items, and users who like one or two of the kinds: something to be learned. */
record World(int kinds, int itemsOfAKind, int users) {
    String item(int kind, int number) {
        return "item-" + kind + "-" + number;
    }

    /** The kind of an item, from its id. */
    static int kindOf(String item) {
        return Integer.parseInt(item.substring(5, item.lastIndexOf('-')));
    }

    List<ArrayNode> items() {
        List<ArrayNode> batches = new ArrayList<>();
        ArrayNode batch = Site.JSON.createArrayNode();
        for (int kind = 0; kind < kinds; kind++) {
            for (int number = 0; number < itemsOfAKind; number++) {
                ObjectNode item = batch.addObject();
                item.put("item_id", item(kind, number)).put("category", "kind-" + kind);
                if (batch.size() == 500) {
                    batches.add(batch);
                    batch = Site.JSON.createArrayNode();
                }
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** A like of a known user: nine in ten of a kind that is to their taste, lower numbers of a kind more often. */
    ObjectNode like(String eventId, SplittableRandom random) {
        int user = random.nextInt(users);
        boolean taste = random.nextInt(10) > 0;
        int kind = taste ? (random.nextBoolean() ? user : user / kinds) % kinds : random.nextInt(kinds);
        int number = (int) (itemsOfAKind * random.nextDouble() * random.nextDouble());
        return Site.action(eventId, "user-" + user, item(kind, number), "Like");
    }
}
