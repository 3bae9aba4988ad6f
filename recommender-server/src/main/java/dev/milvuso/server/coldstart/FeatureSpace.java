package dev.milvuso.server.coldstart;

import dev.milvuso.item.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an item's content stands in a row of numbers: a constant 1, the categories and tags that occur most, the site's
 * own vector. Immutable.
 */
final class FeatureSpace {
    private final Map<String, Integer> places;
    private final int embedding;

    private FeatureSpace(Map<String, Integer> places, int embedding) {
        this.places = places;
        this.embedding = embedding;
    }

    /**
     * @param most how many categories and tags have a place
     * @param dimension of the site's vectors; they have no place if no item has one
     */
    static FeatureSpace of(List<Item> items, int most, int dimension) {
        Map<String, Integer> counts = new HashMap<>();
        boolean embedded = false;
        for (Item item : items) {
            item.category().ifPresent(category -> counts.merge(category(category), 1, Integer::sum));
            item.tags().forEach(tag -> counts.merge(tag(tag), 1, Integer::sum));
            embedded |= item.embedding().isPresent();
        }
        Map<String, Integer> places = new HashMap<>();
        counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> each) -> -each.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(most)
                .forEach(each -> places.put(each.getKey(), 1 + places.size()));
        return new FeatureSpace(places, embedded ? dimension : 0);
    }

    private static String category(String name) {
        return "c:" + name;
    }

    private static String tag(String name) {
        return "t:" + name;
    }

    /** Numbers of a row. */
    int length() {
        return 1 + places.size() + embedding;
    }

    /**
     * Writes an item.
     *
     * @param row shape [length]
     * @return whether anything of it is known here
     */
    boolean write(Item item, double[] row) {
        Arrays.fill(row, 0);
        row[0] = 1;
        boolean known =
                item.category().map(category -> put(category(category), 1, row)).orElse(false);
        double each = 1 / Math.sqrt(Math.max(1, item.tags().size()));
        for (String tag : item.tags()) {
            known |= put(tag(tag), each, row);
        }
        boolean embedded = embed(item, row);
        return known || embedded;
    }

    private boolean put(String feature, double value, double[] row) {
        Integer place = places.get(feature);
        if (place != null) {
            row[place] = value;
        }
        return place != null;
    }

    /** With length 1, so that the site's scale does not matter. */
    private boolean embed(Item item, double[] row) {
        float[] vector = item.embedding().orElse(null);
        if (embedding == 0 || vector == null || vector.length != embedding) {
            return false;
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
            return false;
        }
        for (int i = 0; i < embedding; i++) {
            row[row.length - embedding + i] = vector[i] / Math.sqrt(squares);
        }
        return true;
    }
}
