package dev.milvuso.vector.transfer.part;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonMismatch;

/** A row as a line of JSON. Of one schema, equal rows are equal lines. Immutable. */
public final class RowLine {
    private final EntityJson json;

    public RowLine(CollectionSchema schema) {
        this.json = new EntityJson(schema);
    }

    /** With a line feed at its end. */
    public byte[] of(Entity row) {
        return JsonBytes.of(out -> {
            json.write(out, row);
            out.writeRaw('\n');
        });
    }

    /**
     * @param line UTF-8
     * @throws JsonMismatch saying in one line what is wrong and where
     */
    public Entity read(byte[] line) {
        Entity row = json.read(JsonBytes.read(line));
        if (row.key().isEmpty()) {
            throw new IllegalArgumentException(
                    "the row has no key: " + json.schema().key().name() + " is missing");
        }
        return row;
    }
}
