package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.PartitionState;
import dev.milvuso.vector.QueryNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** How a collection stands. */
public final class StatisticsJson {
    private static final String LOADED = "loaded";

    private StatisticsJson() {}

    public static void write(JsonGenerator out, CollectionStatistics statistics) throws IOException {
        out.writeStartObject();
        out.writeNumberField("rows", statistics.rows());
        out.writeBooleanField(LOADED, statistics.loaded());
        bytes(out, "memory_bytes", statistics.memoryBytes());
        bytes(out, "disk_bytes", statistics.diskBytes());
        out.writeArrayFieldStart("partitions");
        for (PartitionState partition : statistics.partitions()) {
            out.writeStartObject();
            out.writeStringField("name", partition.name());
            out.writeBooleanField(LOADED, partition.loaded());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("indexes");
        for (IndexDescription index : statistics.indexes()) {
            IndexJson.write(out, index);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("nodes");
        for (QueryNode node : statistics.nodes()) {
            write(out, node);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void bytes(JsonGenerator out, String name, OptionalLong bytes) throws IOException {
        if (bytes.isPresent()) {
            out.writeNumberField(name, bytes.getAsLong());
        }
    }

    private static void write(JsonGenerator out, QueryNode node) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", node.name());
        out.writeStringField("address", node.address());
        out.writeNumberField("cores", node.cores());
        out.writeNumberField("cpu", node.cpu());
        out.writeNumberField("memory_used_bytes", node.memoryUsed());
        out.writeNumberField("memory_bytes", node.memory());
        out.writeNumberField("running", node.running());
        out.writeNumberField("waiting", node.waiting());
        out.writeEndObject();
    }

    public static CollectionStatistics read(JsonInput input) {
        return new CollectionStatistics(
                input.get("rows").whole(),
                input.get(LOADED).truth(),
                all(
                        input,
                        "partitions",
                        partition -> new PartitionState(
                                partition.get("name").text(),
                                partition.get(LOADED).truth())),
                all(input, "indexes", IndexJson::description),
                bytes(input.find("memory_bytes")),
                bytes(input.find("disk_bytes")),
                all(input, "nodes", StatisticsJson::node));
    }

    public static void write(JsonGenerator out, CollectionState state) throws IOException {
        out.writeStartObject();
        out.writeNumberField("rows", state.rows());
        out.writeBooleanField(LOADED, state.loaded());
        out.writeEndObject();
    }

    public static CollectionState state(JsonInput input) {
        return new CollectionState(input.get("rows").whole(), input.get(LOADED).truth());
    }

    private static <T> List<T> all(JsonInput input, String member, Function<JsonInput, T> element) {
        return input.get(member).elements(Integer.MAX_VALUE).stream()
                .map(element)
                .toList();
    }

    private static OptionalLong bytes(Optional<JsonInput> number) {
        return number.map(bytes -> OptionalLong.of(bytes.whole())).orElse(OptionalLong.empty());
    }

    private static QueryNode node(JsonInput node) {
        return new QueryNode(
                node.get("name").text(),
                node.get("address").text(),
                node.get("cores").whole(0, Integer.MAX_VALUE),
                node.get("cpu").number(),
                node.get("memory_used_bytes").whole(),
                node.get("memory_bytes").whole(),
                node.get("running").whole(),
                node.get("waiting").whole());
    }
}
