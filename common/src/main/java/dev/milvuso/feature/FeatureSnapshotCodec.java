package dev.milvuso.feature;

import com.fasterxml.jackson.core.JsonParser;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.Codec;
import dev.milvuso.codec.Json;
import dev.milvuso.codec.MalformedRecordException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** JSON of the topic {@code features}. */
public final class FeatureSnapshotCodec implements Codec<FeatureSnapshot> {
    @Override
    public byte[] encode(FeatureSnapshot snapshot) {
        return Json.object(json -> {
            json.writeStringField("event_id", snapshot.eventId().value());
            json.writeStringField("user_id", snapshot.userId().value());
            json.writeStringField("item_id", snapshot.itemId().value());
            json.writeNumberField("timestamp", snapshot.timestamp().toEpochMilli());
            json.writeFieldName("features");
            json.writeRawValue(snapshot.features());
        });
    }

    @Override
    public FeatureSnapshot decode(byte[] bytes) throws MalformedRecordException {
        Fields fields = new Fields(bytes);
        Json.parse(bytes, fields::read);
        return new FeatureSnapshot(
                Json.required("event_id", fields.eventId),
                Json.required("user_id", fields.userId),
                Json.required("item_id", fields.itemId),
                Json.required("timestamp", fields.timestamp),
                Json.required("features", fields.features));
    }

    private static final class Fields {
        private final byte[] bytes;
        private @Nullable EventId eventId;
        private @Nullable UserId userId;
        private @Nullable ItemId itemId;
        private @Nullable Instant timestamp;
        private @Nullable String features;

        Fields(byte[] bytes) {
            this.bytes = bytes;
        }

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "event_id" -> eventId = new EventId(Json.string(name, json));
                case "user_id" -> userId = new UserId(Json.string(name, json));
                case "item_id" -> itemId = new ItemId(Json.string(name, json));
                case "timestamp" -> timestamp = Json.time(name, json);
                case "features" -> features = Json.rawNumbers(name, bytes, json);
                default -> json.skipChildren();
            }
        }
    }
}
