package dev.milvuso.vector.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value of a document that somebody sent, and where it stands, so that whatever is wrong is said with its place. */
public final class JsonInput {
    private static final int QUOTED = 64;

    private final JsonNode node;
    private final @Nullable JsonInput outer;
    private final Object step;

    private JsonInput(JsonNode node, @Nullable JsonInput outer, Object step) {
        this.node = node;
        this.outer = outer;
        this.step = step;
    }

    public static JsonInput of(JsonNode document) {
        return new JsonInput(document, null, "");
    }

    public JsonNode node() {
        return node;
    }

    public JsonMismatch mismatch(String reason) {
        return mismatch(reason, false);
    }

    private JsonMismatch mismatch(String reason, boolean sentence, Object... inner) {
        Deque<Object> place = new ArrayDeque<>(List.of(inner));
        for (JsonInput at = this; at.outer != null; at = at.outer) {
            place.addFirst(at.step);
        }
        return new JsonMismatch(List.copyOf(place), reason, sentence);
    }

    /** Makes something of what was read here. What its maker has to object stands here, or at a part of it. */
    public <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (JsonMismatch e) {
            throw e;
        } catch (ArgumentMismatch e) {
            throw mismatch(String.valueOf(e.getMessage()), true, e.place().toArray());
        } catch (IllegalArgumentException e) {
            throw mismatch(String.valueOf(e.getMessage()), true);
        }
    }

    /** Refuses everything but an object, and one with other members than these. */
    public JsonInput object(String... known) {
        names().stream()
                .filter(name -> !Set.of(known).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw member(name).mismatch("is an unknown field: must be one of " + String.join(", ", known));
                });
        return this;
    }

    /** Of an object, in the order in which they stand. */
    public List<String> names() {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    JsonInput member(String name) {
        return new JsonInput(node.path(name), this, name);
    }

    /** Nothing if it is missing or null. */
    public Optional<JsonInput> find(String name) {
        JsonInput member = member(name);
        return member.node.isMissingNode() || member.node.isNull() ? Optional.empty() : Optional.of(member);
    }

    public JsonInput get(String name) {
        return find(name).orElseThrow(() -> member(name).mismatch("is missing"));
    }

    /** @param most elements */
    public List<JsonInput> elements(int most) {
        if (!node.isArray()) {
            throw wrong("an array");
        }
        if (node.size() > most) {
            throw mismatch("has " + node.size() + " elements: at most " + most);
        }
        List<JsonInput> elements = new ArrayList<>(node.size());
        for (Iterator<JsonNode> each = node.elements(); each.hasNext(); ) {
            elements.add(new JsonInput(each.next(), this, elements.size()));
        }
        return elements;
    }

    /** What an array's elements are, none of them twice. */
    public Set<String> texts(int most) {
        List<String> texts = elements(most).stream().map(JsonInput::text).toList();
        if (Set.copyOf(texts).size() < texts.size()) {
            throw mismatch("names something twice");
        }
        return Set.copyOf(texts);
    }

    public String text() {
        if (!node.isTextual()) {
            throw wrong("a text");
        }
        if (!Texts.isWellFormed(node.textValue())) {
            throw mismatch("holds half of a surrogate pair");
        }
        return node.textValue();
    }

    public boolean truth() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    public long whole() {
        if (!node.isIntegralNumber()) {
            throw wrong("a whole number");
        }
        if (!node.canConvertToLong()) {
            throw mismatch("is " + shown() + ": must be a whole number of 64 bits");
        }
        return node.longValue();
    }

    public int whole(int least, int most) {
        long value = whole();
        if (value < least || value > most) {
            throw mismatch("is " + value + ": must be " + least + " to " + most);
        }
        return (int) value;
    }

    public double number() {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!Double.isFinite(value)) {
            throw wrong("a finite number");
        }
        return value;
    }

    /** As near as a 32-bit float comes. */
    public float single() {
        float value = node.floatValue();
        if (!node.isNumber() || !Float.isFinite(value)) {
            throw wrong("a finite number of 32 bits");
        }
        return value;
    }

    /** An element of an array, without a place of its own unless something is wrong with it: vectors have many. */
    float singleAt(int position) {
        JsonNode element = node.path(position);
        float value = element.floatValue();
        return element.isNumber() && Float.isFinite(value) ? value : new JsonInput(element, this, position).single();
    }

    /** One of the values of an enumeration, written in lower case. */
    public <E extends Enum<E>> E oneOf(E[] values) {
        Function<E, String> label = value -> value.name().toLowerCase(Locale.ROOT);
        String text = text();
        for (E value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        throw mismatch("is " + shown() + ": must be one of "
                + String.join(", ", List.of(values).stream().map(label).toList()));
    }

    /** The refusal of a value that is of another kind. */
    JsonMismatch wrong(String right) {
        return mismatch("is " + shown() + ": must be " + right);
    }

    String shown() {
        if (node.isContainerNode()) {
            return node.isArray() ? "an array" : "an object";
        }
        if (node.isMissingNode()) {
            return "missing";
        }
        String text = node.isTextual() ? "'" + node.textValue() + "'" : node.asText();
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "\u2026";
    }
}
