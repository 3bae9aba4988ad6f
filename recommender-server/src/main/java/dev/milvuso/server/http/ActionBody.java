package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.EventId;
import dev.milvuso.action.EventIds;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An action as it is posted. */
record ActionBody(ActionTypes types, EventIds ids, Clock clock) {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int ID = 256;

    Action read(Fields fields) {
        Instant now = clock.instant();
        Optional<RequestId> requestId = fields.text("request_id", ID, RequestId::new);
        Optional<EventId> eventId = fields.text("event_id", ID, EventId::new);
        OptionalDouble value = fields.number("value");
        Instant at = fields.time("timestamp").orElse(now);
        Map<String, String> context = context(fields);
        if (at.isAfter(now.plus(AHEAD))) {
            fields.fault("timestamp", "lies more than 5 minutes ahead");
        }
        // Read all of them before anything is missed, so that a caller learns of every field.
        Optional<UserId> user = fields.neededText("user_id", ID, UserId::new);
        Optional<ItemId> item = fields.neededText("item_id", ID, ItemId::new);
        ActionType type = fields.requiredText("action_type", ID, this::type);
        if (type.faultOf(value).isPresent()) {
            fields.fault("value", type.faultOf(value).orElseThrow());
        }
        return new Action(
                eventId.orElseGet(ids::next),
                user.orElseThrow(Fields.Missing::new),
                item.orElseThrow(Fields.Missing::new),
                type.name(),
                at,
                now,
                requestId,
                value,
                context);
    }

    private ActionType type(String name) {
        return types.find(name)
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", types.names())));
    }

    private static Map<String, String> context(Fields fields) {
        Map<String, String> context = new HashMap<>();
        Optional<JsonNode> node = fields.find("context");
        if (node.isEmpty()) {
            return context;
        }
        if (!node.get().isObject() || node.get().size() > 32) {
            fields.fault("context", "must be an object of at most 32 strings, numbers or booleans");
            return context;
        }
        node.get().properties().forEach(entry -> {
            if (isShort(entry.getKey(), entry.getValue())) {
                context.put(entry.getKey(), entry.getValue().asText());
            } else {
                fields.fault(
                        "context." + entry.getKey(),
                        "must be a string, a boolean or " + Numbers.RULE + ", of up to 1024 characters, its name up"
                                + " to 128; without NUL and lone surrogates");
            }
        });
        return context;
    }

    private static boolean isShort(String name, JsonNode value) {
        String text = value.asText();
        return (value.isTextual() || value.isBoolean() || Numbers.isStorable(value))
                && name.length() <= 128
                && text.length() <= 1024
                && UnicodeText.isStorable(name)
                && UnicodeText.isStorable(text);
    }
}
