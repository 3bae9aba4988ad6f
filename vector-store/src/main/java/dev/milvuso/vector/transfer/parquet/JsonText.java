package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.ValueJson;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** JSON in a column of bytes. */
final class JsonText {
    private JsonText() {}

    static Binary of(@Nullable Object value) {
        return Binary.fromConstantByteArray(JsonBytes.of(out -> ValueJson.write(out, value, false)));
    }

    static @Nullable Object read(Binary text) {
        return ValueJson.any(JsonBytes.read(text.getBytes()));
    }
}
