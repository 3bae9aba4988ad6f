package dev.milvuso.action;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.codec.Codec;
import dev.milvuso.codec.Json;
import dev.milvuso.codec.MalformedRecordException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * JSON of the topic {@code user_actions}. A field {@code items} makes it a served list, {@code heartbeat} a heartbeat,
 * {@code erasure} an erasure; all else is an action. A served list names its action type {@code Impression} for those
 * who read the topic with other tools.
 */
public final class UserEventCodec implements Codec<UserEvent> {
    @Override
    public byte[] encode(UserEvent event) {
        if (event instanceof Action action) {
            return Json.object(json -> write(action, json));
        }
        if (event instanceof ServedList list) {
            return Json.object(json -> write(list, json));
        }
        if (event instanceof Erasure erasure) {
            return Json.object(json -> {
                json.writeBooleanField("erasure", true);
                json.writeStringField("user_id", erasure.userId().value());
                json.writeNumberField("timestamp", erasure.timestamp().toEpochMilli());
            });
        }
        return Json.object(json -> {
            json.writeBooleanField("heartbeat", true);
            json.writeNumberField("timestamp", event.timestamp().toEpochMilli());
        });
    }

    private static void write(Action action, JsonGenerator json) throws IOException {
        json.writeStringField("event_id", action.eventId().value());
        json.writeStringField("user_id", action.userId().value());
        json.writeStringField("item_id", action.itemId().value());
        json.writeStringField("action_type", action.type());
        json.writeNumberField("timestamp", action.timestamp().toEpochMilli());
        json.writeNumberField("accepted_at", action.acceptedAt().toEpochMilli());
        if (action.requestId().isPresent()) {
            json.writeStringField("request_id", action.requestId().get().value());
        }
        if (action.value().isPresent()) {
            json.writeNumberField("value", action.value().getAsDouble());
        }
        if (!action.context().isEmpty()) {
            write("context", action.context(), json);
        }
    }

    private static void write(ServedList list, JsonGenerator json) throws IOException {
        json.writeStringField("action_type", ActionType.IMPRESSION);
        json.writeStringField("request_id", list.requestId().value());
        json.writeStringField("user_id", list.userId().value());
        json.writeStringField("model_version", list.modelVersion());
        json.writeNumberField("timestamp", list.timestamp().toEpochMilli());
        json.writeArrayFieldStart("items");
        ShownItems items = list.items();
        for (int i = 0; i < items.size(); i++) {
            json.writeStartObject();
            json.writeStringField("item_id", items.id(i).value());
            json.writeFieldName("probability");
            if (items.probability(i) == 1) {
                json.writeNumber("1.0"); // most are, and need not be turned into digits
            } else {
                json.writeNumber(items.probability(i));
            }
            writeUnlessEmpty("source", items.source(i), json);
            writeUnlessEmpty("team", items.team(i), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        write(list.origin(), json);
    }

    private static void write(ServedList.Origin origin, JsonGenerator json) throws IOException {
        writeUnlessEmpty("instance", origin.instance(), json);
        if (!origin.variants().isEmpty()) {
            write("variants", origin.variants(), json);
        }
        if (origin.shuffled()) {
            json.writeBooleanField("shuffled", true);
        }
    }

    private static void writeUnlessEmpty(String name, String text, JsonGenerator json) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private static void write(String name, Map<String, String> texts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    @Override
    public UserEvent decode(byte[] bytes) throws MalformedRecordException {
        Builder builder = new Builder();
        Json.parse(bytes, builder::read);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static final class Builder {
        private boolean heartbeat;
        private boolean erasure;
        private @Nullable EventId eventId;
        private @Nullable UserId userId;
        private @Nullable ItemId itemId;
        private @Nullable RequestId requestId;
        private @Nullable String type;
        private @Nullable Instant timestamp;
        private @Nullable Instant acceptedAt;
        private @Nullable List<ServedList.Shown> items;
        private String modelVersion = "";
        private OptionalDouble value = OptionalDouble.empty();
        private Map<String, String> context = Map.of();
        private Map<String, String> variants = Map.of();
        private String instance = "";
        private boolean shuffled;

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "event_id" -> eventId = new EventId(Json.string(name, json));
                case "user_id" -> userId = new UserId(Json.string(name, json));
                case "item_id" -> itemId = new ItemId(Json.string(name, json));
                case "request_id" -> requestId = new RequestId(Json.string(name, json));
                case "action_type" -> type = Json.string(name, json);
                case "model_version" -> modelVersion = Json.string(name, json);
                case "timestamp" -> timestamp = Json.time(name, json);
                case "accepted_at" -> acceptedAt = Json.time(name, json);
                case "value" -> value = OptionalDouble.of(Json.number(name, json));
                case "context" -> context = readTexts(name, json);
                case "variants" -> variants = readTexts(name, json);
                case "instance" -> instance = Json.string(name, json);
                case "shuffled" -> shuffled = json.currentToken() == JsonToken.VALUE_TRUE;
                case "items" -> items = readItems(json);
                case "heartbeat" -> heartbeat = json.currentToken() == JsonToken.VALUE_TRUE;
                case "erasure" -> erasure = json.currentToken() == JsonToken.VALUE_TRUE;
                default -> json.skipChildren();
            }
        }

        private static Map<String, String> readTexts(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(name + " is not an object");
            }
            Map<String, String> entries = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                entries.put(key, Json.string(name + "." + key, json));
            }
            return entries;
        }

        private static List<ServedList.Shown> readItems(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("items is not an array");
            }
            List<ServedList.Shown> items = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                items.add(readShown(json));
            }
            return items;
        }

        private static ServedList.Shown readShown(JsonParser json) throws IOException {
            String id = "";
            float probability = 1;
            String source = "";
            String team = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "item_id" -> id = Json.string(name, json);
                    case "probability" -> probability = (float) Json.number(name, json);
                    case "source" -> source = Json.string(name, json);
                    case "team" -> team = Json.string(name, json);
                    default -> json.skipChildren();
                }
            }
            return new ServedList.Shown(new ItemId(id), probability, source, team);
        }

        UserEvent build() throws MalformedRecordException {
            Instant at = Json.required("timestamp", timestamp);
            if (heartbeat) {
                return new Heartbeat(at);
            }
            UserId user = Json.required("user_id", userId);
            if (erasure) {
                return new Erasure(user, at);
            }
            if (items != null) {
                var origin = new ServedList.Origin(instance, variants, shuffled);
                return new ServedList(Json.required("request_id", requestId), user, modelVersion, at, items, origin);
            }
            return new Action(
                    Json.required("event_id", eventId),
                    user,
                    Json.required("item_id", itemId),
                    Json.required("action_type", type),
                    at,
                    acceptedAt == null ? at : acceptedAt,
                    Optional.ofNullable(requestId),
                    value,
                    context);
        }
    }
}
