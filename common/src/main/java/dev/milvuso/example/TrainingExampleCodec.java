package dev.milvuso.example;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.Codec;
import dev.milvuso.codec.Json;
import dev.milvuso.codec.MalformedRecordException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON of the topic {@code training_examples}. */
public final class TrainingExampleCodec implements Codec<TrainingExample> {
    @Override
    public byte[] encode(TrainingExample example) {
        return Json.object(json -> write(example, json));
    }

    private static void write(TrainingExample example, JsonGenerator json) throws IOException {
        json.writeStringField("example_id", example.exampleId());
        json.writeArrayFieldStart("event_ids");
        for (EventId id : example.eventIds()) {
            json.writeString(id.value());
        }
        json.writeEndArray();
        json.writeStringField("user_id", example.userId().value());
        json.writeStringField("item_id", example.itemId().value());
        json.writeStringField("action_type", example.actionType());
        json.writeNumberField("label", example.label());
        json.writeNumberField("weight", example.weight());
        json.writeNumberField("timestamp", example.timestamp().toEpochMilli());
        json.writeNumberField("accepted_at", example.acceptedAt().toEpochMilli());
        if (example.requestId().isPresent()) {
            json.writeStringField("request_id", example.requestId().get().value());
        }
        if (!example.modelVersion().isEmpty()) {
            json.writeStringField("model_version", example.modelVersion());
        }
        if (example.late()) {
            json.writeBooleanField("late", true);
        }
        if (example.features().isPresent()) {
            json.writeFieldName("features");
            json.writeRawValue(example.features().get());
        }
    }

    @Override
    public TrainingExample decode(byte[] bytes) throws MalformedRecordException {
        Fields fields = new Fields(bytes);
        Json.parse(bytes, fields::read);
        try {
            return fields.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static final class Fields {
        private final byte[] bytes;
        private @Nullable String exampleId;
        private final List<EventId> eventIds = new ArrayList<>(2);
        private @Nullable UserId userId;
        private @Nullable ItemId itemId;
        private @Nullable RequestId requestId;
        private String actionType = "";
        private int label = -1;
        private float weight = 1;
        private @Nullable Instant timestamp;
        private @Nullable Instant acceptedAt;
        private String modelVersion = "";
        private @Nullable String features;
        private boolean late;

        Fields(byte[] bytes) {
            this.bytes = bytes;
        }

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "example_id" -> exampleId = Json.string(name, json);
                case "event_ids" -> readEventIds(json);
                case "user_id" -> userId = new UserId(Json.string(name, json));
                case "item_id" -> itemId = new ItemId(Json.string(name, json));
                case "request_id" -> requestId = new RequestId(Json.string(name, json));
                case "action_type" -> actionType = Json.string(name, json);
                case "label" -> label = readLabel(Json.number(name, json));
                case "weight" -> weight = (float) Json.number(name, json);
                case "timestamp" -> timestamp = Json.time(name, json);
                case "accepted_at" -> acceptedAt = Json.time(name, json);
                case "model_version" -> modelVersion = Json.string(name, json);
                case "late" -> late = json.currentToken() == JsonToken.VALUE_TRUE;
                case "features" -> features = Json.rawNumbers(name, bytes, json);
                default -> json.skipChildren();
            }
        }

        private static int readLabel(double label) {
            if (label != 0 && label != 1) {
                throw new IllegalArgumentException("label is " + label + ": must be 0 or 1");
            }
            return (int) label;
        }

        private void readEventIds(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("event_ids is not an array");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                eventIds.add(new EventId(Json.string("event_ids", json)));
            }
        }

        TrainingExample build() throws MalformedRecordException {
            Instant at = Json.required("timestamp", timestamp);
            return new TrainingExample(
                    Json.required("example_id", exampleId),
                    eventIds,
                    Json.required("user_id", userId),
                    Json.required("item_id", itemId),
                    actionType,
                    label,
                    weight,
                    at,
                    acceptedAt == null ? at : acceptedAt,
                    Optional.ofNullable(requestId),
                    modelVersion,
                    Optional.ofNullable(features),
                    late);
        }
    }
}
