package dev.milvuso.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The rows of what {@code compare.py} has written. */
final class Comparison {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Comparison() {}

    static List<ObjectNode> rows(JsonNode result) {
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode program : result.get("programs")) {
            ObjectNode row = row(program);
            for (JsonNode ratio : result.get("ratios")) {
                if (ratio.get("ours").equals(program.get("program"))
                        && ratio.get("dimension").equals(program.get("dimension"))) {
                    addRatios(row, ratio);
                }
            }
            rows.add(row);
        }
        result.get("faults")
                .properties()
                .forEach(fault -> rows.add(JSON.createObjectNode()
                        .put("name", fault.getKey())
                        .put("fault", fault.getValue().textValue())));
        return rows;
    }

    private static ObjectNode row(JsonNode program) {
        ObjectNode row = JSON.createObjectNode();
        row.set("name", program.get("program"));
        for (String same : List.of("dimension", "rounds", "epochs", "samples_per_cpu_second", "cpu_seconds")) {
            row.set(same, program.get(same));
        }
        row.set("cpu_seconds_per_epoch", program.get("epoch_cpu_seconds"));
        row.set("hr", program.get("hr"));
        row.set("ndcg", program.get("ndcg"));
        row.set("cpu_seconds_to_hr_0_70", program.get("cpu_seconds_to_target"));
        row.set("peak_rss_bytes", program.get("peak_bytes"));
        return row;
    }

    /**
     * In samples for each CPU-second, more is better; and in CPU-seconds to HR@10 0.70, less is better. One that a
     * program does not have is left out.
     */
    private static void addRatios(ObjectNode row, JsonNode ratio) {
        String peer = ratio.get("peer").textValue().replace('-', '_');
        if (ratio.get("samples_per_cpu_second").isNumber()) {
            row.set("ratio_to_" + peer, ratio.get("samples_per_cpu_second"));
        }
        if (ratio.get("cpu_seconds_to_target").isNumber()) {
            row.set("cpu_seconds_to_hr_0_70_ratio_to_" + peer, ratio.get("cpu_seconds_to_target"));
        }
    }
}
