package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** The fields of one object of a body. What is wrong with them is collected, so that a caller learns all at once. */
final class Fields {
    /** A field that nothing can be made without is missing or wrong; the fault is noted already. */
    static final class Missing extends RuntimeException {
        Missing() {
            super("a required field is missing or wrong", null, false, false);
        }
    }

    private final JsonNode object;
    private final String prefix;
    private final List<Problem.Fault> faults;
    private final Set<String> known = new HashSet<>();

    Fields(JsonNode object, String prefix, List<Problem.Fault> faults) {
        this.object = object;
        this.prefix = prefix;
        this.faults = faults;
        if (!object.isObject()) {
            faults.add(new Problem.Fault(prefix.isEmpty() ? Problem.BODY : prefix, "must be a JSON object"));
        }
    }

    /** The fields of an object within this one; their faults are noted with this one's. */
    Fields within(String field, JsonNode node) {
        return new Fields(node, JsonPlace.member(prefix, field), faults);
    }

    /** Notes a fault, unless one of the same field is noted already: the first is the nearest to its cause. */
    void fault(String field, String message) {
        String place = JsonPlace.member(prefix, field);
        if (faults.stream().noneMatch(fault -> fault.field().equals(place))) {
            faults.add(new Problem.Fault(place, message));
        }
    }

    Optional<JsonNode> find(String field) {
        known.add(field);
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    <T> Optional<T> text(String field, int maxLength, Function<String, T> make) {
        Optional<JsonNode> node = find(field);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            fault(field, "must be a string");
            return Optional.empty();
        }
        String text = node.get().textValue();
        if (text.length() > maxLength || !UnicodeText.isStorable(text)) {
            fault(field, "must be at most " + maxLength + " characters, without NUL and lone surrogates");
            return Optional.empty();
        }
        try {
            return Optional.of(make.apply(text));
        } catch (IllegalArgumentException e) {
            fault(field, message(field, e));
            return Optional.empty();
        }
    }

    /** Without the field's name, with which the messages of ids begin. */
    static String message(String field, IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith(field + ": ") || message.startsWith(field + ", ")) {
            return message.substring(field.length() + 2);
        }
        return message.startsWith(field + " ") ? message.substring(field.length() + 1) : message;
    }

    /** Empty if it is missing or wrong, which is a fault. */
    <T> Optional<T> neededText(String field, int maxLength, Function<String, T> make) {
        int before = faults.size();
        Optional<T> text = text(field, maxLength, make);
        if (text.isEmpty() && faults.size() == before && object.isObject()) {
            fault(field, "is missing");
        }
        return text;
    }

    <T> T requiredText(String field, int maxLength, Function<String, T> make) {
        return neededText(field, maxLength, make).orElseThrow(Missing::new);
    }

    OptionalDouble number(String field) {
        Optional<JsonNode> node = find(field);
        if (node.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!node.get().isNumber() || !Double.isFinite(node.get().doubleValue())) {
            fault(field, "must be a finite number");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(node.get().doubleValue());
    }

    boolean flag(String field) {
        Optional<JsonNode> node = find(field);
        if (node.isPresent() && !node.get().isBoolean()) {
            fault(field, "must be true or false");
        }
        return node.map(JsonNode::booleanValue).orElse(false);
    }

    /** ISO 8601 with an offset, in the years 1 to 9999. */
    Optional<Instant> time(String field) {
        return text(field, 64, text -> {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getYear() >= 1 && time.getYear() <= 9999) {
                    return time.toInstant();
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "must be an ISO 8601 time with an offset, such as 2026-01-31T12:00:00Z", e);
            }
            throw new IllegalArgumentException("must lie in the years 1 to 9999");
        });
    }

    void refuseUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, "is an unknown field");
            }
        });
    }
}
