package dev.milvuso.vector.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.milvuso.vector.QueryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a server says of its processes, as {@code GetMetrics} gives it: an object with {@code nodes_info}, whose
 * elements have an {@code identifier} and {@code infos}. What is not there counts as not said.
 */
record MilvusMetrics(List<JsonObject> nodes) {
    /** The request. */
    static final String SYSTEM_INFO = "{\"metric_type\":\"system_info\"}";

    private static final String NODE = "querynode";

    static MilvusMetrics parse(String json) {
        List<JsonObject> nodes = new ArrayList<>();
        if (JsonParser.parseString(json) instanceof JsonObject whole
                && whole.get("nodes_info") instanceof JsonArray all) {
            for (JsonElement node : all) {
                if (node instanceof JsonObject object) {
                    nodes.add(object);
                }
            }
        }
        return new MilvusMetrics(nodes);
    }

    /** @param ids of those that are asked for */
    List<QueryNode> queryNodes(Set<Long> ids) {
        return nodes.stream()
                .filter(node -> NODE.equals(text(object(node, "infos"), "type")))
                .filter(node -> ids.contains(number(node, "identifier").orElse(-1)))
                .map(node -> queryNode(object(node, "infos")))
                .toList();
    }

    private static QueryNode queryNode(JsonObject infos) {
        JsonObject hardware = object(infos, "hardware_infos");
        JsonObject quota = object(infos, "quota_metrics");
        List<JsonObject> queues = List.of(object(quota, "SearchQueue"), object(quota, "QueryQueue"));
        return new QueryNode(
                text(infos, "name"),
                text(hardware, "ip"),
                (int) number(hardware, "cpu_core_count").orElse(0),
                number(hardware, "cpu_core_usage").orElse(0) / 100.0,
                number(hardware, "memory_usage").orElse(0),
                number(hardware, "memory").orElse(0),
                sum(queues, "ExecuteChan"),
                sum(queues, "ReceiveChan") + sum(queues, "UnsolvedQueue") + sum(queues, "ReadyQueue"));
    }

    private static long sum(List<JsonObject> queues, String member) {
        return queues.stream()
                .mapToLong(queue -> number(queue, member).orElse(0))
                .sum();
    }

    /** Of the rows that the data coordinator knows to be on disk. */
    OptionalLong diskBytes(long collection) {
        return nodes.stream()
                .map(node -> object(object(node, "infos"), "quota_metrics"))
                .filter(quota -> quota.has("CollectionBinlogSize"))
                .map(quota -> object(quota, "CollectionBinlogSize"))
                .mapToLong(sizes -> number(sizes, Long.toString(collection)).orElse(0))
                .findFirst();
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member) instanceof JsonObject object ? object : new JsonObject();
    }

    private static String text(JsonObject parent, String member) {
        return Optional.ofNullable(parent.get(member))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse("");
    }

    private static OptionalLong number(JsonObject parent, String member) {
        boolean is = parent.get(member) != null
                && parent.get(member).isJsonPrimitive()
                && parent.getAsJsonPrimitive(member).isNumber();
        return is ? OptionalLong.of(parent.get(member).getAsLong()) : OptionalLong.empty();
    }
}
