package dev.milvuso.vector.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.PartialWrite;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sends entities in requests that are not too large, one after the other, so that their order counts. */
final class RestWriter {
    private static final int MOST_ROWS = 1000;

    /** Well below what a server takes as it is shipped. */
    private static final int MOST_BYTES = 2 << 20;

    private final RestConnection connection;
    private final String path;
    private final String method;
    private final EntityJson json;
    private final Optional<String> partition;

    RestWriter(RestConnection connection, String path, String method, EntityJson json, Optional<String> partition) {
        this.connection = connection;
        this.path = path;
        this.method = method;
        this.json = json;
        this.partition = partition;
    }

    /** @return the keys that the server tells of */
    List<Id> write(List<Entity> entities) {
        List<Id> keys = new ArrayList<>(entities.size());
        List<byte[]> batch = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < entities.size(); i++) {
            Entity entity = entities.get(i);
            byte[] next = JsonBytes.of(out -> json.write(out, entity));
            if (!batch.isEmpty() && (batch.size() == MOST_ROWS || bytes + next.length > MOST_BYTES)) {
                send(batch, i - batch.size(), entities.size(), keys);
                batch.clear();
                bytes = 0;
            }
            batch.add(next);
            bytes += next.length;
        }
        if (!batch.isEmpty()) {
            send(batch, entities.size() - batch.size(), entities.size(), keys);
        }
        return keys;
    }

    /** @param first the position of the batch's first entity among all */
    private void send(List<byte[]> batch, int first, int all, List<Id> keys) {
        try {
            JsonInput answer = connection.send(method, path, body(batch));
            answer.find("keys").ifPresent(told -> keys.addAll(json.keys(told, batch.size())));
        } catch (RuntimeException e) {
            List<Integer> named = e instanceof NamedPositions refused ? refused.notDone() : List.of();
            int next = first + batch.size();
            IntStream here = named.isEmpty()
                    ? IntStream.range(first, next)
                    : named.stream().mapToInt(row -> first + row);
            List<Integer> notStored =
                    IntStream.concat(here, IntStream.range(next, all)).boxed().toList();
            throw notStored.size() == all ? e : PartialWrite.of(PartialWrite.Kind.STORE, notStored, all, e);
        }
    }

    private byte[] body(List<byte[]> batch) {
        byte[] head = JsonBytes.of(this::head);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        // The head is a whole object: its last brace comes at the end.
        body.write(head, 0, head.length - 1);
        body.writeBytes((head.length > 2 ? ",\"entities\":" : "\"entities\":").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < batch.size(); i++) {
            body.write(i == 0 ? '[' : ',');
            body.writeBytes(batch.get(i));
        }
        body.write(']');
        body.write('}');
        return body.toByteArray();
    }

    private void head(JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (partition.isPresent()) {
            out.writeStringField("partition", partition.get());
        }
        out.writeEndObject();
    }
}
