package dev.milvuso.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A figure beside what it should be, as a row of a benchmark. */
public final class Target {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MET = "met";

    private Target() {}

    /** @param name with the unit */
    public static ObjectNode atMost(String name, double figure, double bound) {
        return row(name, figure, "at most", bound, figure <= bound);
    }

    /** @param name with the unit */
    public static ObjectNode atLeast(String name, double figure, double bound) {
        return row(name, figure, "at least", bound, figure >= bound);
    }

    /** NaN, for what could not be measured, meets nothing. */
    private static ObjectNode row(String name, double figure, String word, double bound, boolean met) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("figure", figure)
                .put("target", word + " " + bound)
                .put(MET, met);
    }

    /** Whether all figures that have a target are as they should be. */
    public static boolean allMet(List<ObjectNode> rows) {
        return rows.stream().allMatch(row -> row.path(MET).asBoolean(true));
    }
}
