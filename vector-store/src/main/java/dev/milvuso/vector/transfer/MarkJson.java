package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Id;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.ValueJson;

/** A place among rows as JSON, with what transfer it is of. */
public final class MarkJson {
    private MarkJson() {}

    public static byte[] write(String transfer, Mark mark) {
        return JsonBytes.of(out -> {
            out.writeStartObject();
            out.writeStringField("transfer", transfer);
            out.writeNumberField("rows", mark.rows());
            if (mark.partition().isPresent() && mark.key().isPresent()) {
                out.writeStringField("partition", mark.partition().get());
                out.writeFieldName("key");
                ValueJson.write(out, mark.key().get().plain(), false);
            }
            out.writeEndObject();
        });
    }

    /** @throws IllegalArgumentException if it is of another transfer, or no such JSON */
    public static Mark read(String transfer, byte[] bytes) {
        JsonInput input = JsonBytes.read(bytes);
        String other = input.get("transfer").text();
        if (!other.equals(transfer)) {
            throw new IllegalArgumentException(
                    "it is of another transfer, '" + other + "', and this is '" + transfer + "'");
        }
        return new Mark(
                input.get("rows").whole(),
                input.find("partition").map(JsonInput::text),
                input.find("key").map(MarkJson::id));
    }

    static Id id(JsonInput input) {
        return input.node().isTextual() ? Id.of(input.text()) : Id.of(input.whole());
    }
}
