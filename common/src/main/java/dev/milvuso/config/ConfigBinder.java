package dev.milvuso.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Fills configuration records from a tree by the names of their components ({@code maxBodyBytes} is
 * {@code max_body_bytes}).
 */
final class ConfigBinder {
    private final Map<String, String> overrides;

    /** @param overrides the text of values that came without TOML's quotes, by key */
    ConfigBinder(Map<String, String> overrides) {
        this.overrides = overrides;
    }

    Config bind(ObjectNode tree) {
        return record(Config.class, "", tree);
    }

    /**
     * The same configuration, but for the overrides.
     *
     * @throws ConfigException also if an override is of no key
     */
    Config changed(Config config) {
        Set<String> unknown = new TreeSet<>(overrides.keySet());
        Config changed = changed(Config.class, config, "", unknown);
        if (!unknown.isEmpty()) {
            throw new ConfigException("unknown key " + unknown.iterator().next());
        }
        return changed;
    }

    private <R extends Record> R changed(Class<R> type, R record, String prefix, Set<String> unknown) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = prefix + snakeCase(components[i].getName());
            Object value = read(components[i], record);
            String text = overrides.get(key);
            if (text != null) {
                unknown.remove(key);
                values[i] = value(components[i].getType(), key, Toml.value(text));
            } else {
                values[i] = value instanceof Record section ? changedSection(section, key + ".", unknown) : value;
            }
        }
        return construct(type, components, values);
    }

    @SuppressWarnings("unchecked") // a section is of its own class
    private <R extends Record> R changedSection(R section, String prefix, Set<String> unknown) {
        return changed((Class<R>) section.getClass(), section, prefix, unknown);
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private <R extends Record> R record(Class<R> type, String prefix, JsonNode tree) {
        if (!(tree instanceof ObjectNode table)) {
            throw wrong(prefix.substring(0, prefix.length() - 1), tree, "a section");
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(c -> snakeCase(c.getName())).toList();
        refuseUnknown(prefix, table, names);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = prefix + names.get(i);
            JsonNode value = table.get(names.get(i));
            if (value == null) {
                throw new ConfigException(key + " is missing");
            }
            values[i] = value(components[i].getType(), key, value);
        }
        return construct(type, components, values);
    }

    private static void refuseUnknown(String prefix, ObjectNode table, List<String> names) {
        for (String name :
                new TreeSet<>(table.propertyStream().map(Map.Entry::getKey).toList())) {
            if (!names.contains(name)) {
                String what = prefix.isEmpty() ? "section [" + name + "]" : "key " + prefix + name;
                throw new ConfigException("unknown " + what + " = " + abbreviated(table.get(name))
                        + closest(name, names)
                                .map(n -> ": did you mean " + prefix + n + "?")
                                .orElse(""));
            }
        }
    }

    private Object value(Class<?> type, String key, JsonNode value) {
        if (type == ActionTypes.class) {
            return actionTypes(key, value);
        }
        if (type.isRecord()) {
            return record(type.asSubclass(Record.class), key + ".", value);
        }
        if (type == String.class) {
            String text = overrides.get(key);
            return text != null && !value.isTextual() ? text : text(key, value);
        }
        if (type == Duration.class) {
            return duration(key, value);
        }
        if (type == boolean.class) {
            return bool(key, value);
        }
        return number(type, key, value);
    }

    private static String text(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(key, value, "a text in quotes");
        }
        return value.textValue();
    }

    private static Duration duration(String key, JsonNode value) {
        try {
            return Durations.parse(value.asText());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + " is " + abbreviated(value) + ": " + e.getMessage());
        }
    }

    private static boolean bool(String key, JsonNode value) {
        if (!value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value.booleanValue();
    }

    private static Object number(Class<?> type, String key, JsonNode value) {
        if (type == double.class) {
            if (!value.isNumber()) {
                throw wrong(key, value, "a number");
            }
            return value.doubleValue();
        }
        boolean fits = type == int.class ? value.canConvertToInt() : value.canConvertToLong();
        if (!value.isIntegralNumber() || !fits) {
            throw wrong(key, value, "a whole number");
        }
        return type == int.class ? (Object) value.intValue() : (Object) value.longValue();
    }

    private static ActionTypes actionTypes(String section, JsonNode tree) {
        if (!(tree instanceof ObjectNode table)) {
            throw wrong(section, tree, "a section");
        }
        List<ActionType> types = new ArrayList<>();
        table.properties().forEach(entry -> {
            String key = section + "." + entry.getKey();
            if (!(entry.getValue() instanceof ObjectNode type)) {
                throw wrong(key, entry.getValue(), "{ sign = …, weight = … }");
            }
            refuseUnknown(key + ".", type, List.of("sign", "weight"));
            JsonNode sign = type.get("sign");
            JsonNode weight = type.get("weight");
            if (sign == null || weight == null) {
                throw new ConfigException(key + " must have sign and weight");
            }
            int signValue = (int) number(int.class, key + ".sign", sign);
            double weightValue = (double) number(double.class, key + ".weight", weight);
            types.add(checked(() -> new ActionType(entry.getKey(), signValue, (float) weightValue)));
        });
        return checked(() -> new ActionTypes(types));
    }

    private static <T> T checked(Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static <R extends Record> R construct(Class<R> type, RecordComponent[] components, Object[] values) {
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigException known) {
                throw known;
            }
            throw new IllegalStateException("constructing " + type.getSimpleName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private static ConfigException wrong(String key, JsonNode value, String right) {
        return new ConfigException(key + " is " + abbreviated(value) + ": must be " + right);
    }

    private static String abbreviated(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> closest(String name, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(n -> distance(name, n)))
                .filter(n -> distance(name, n) <= Math.max(2, name.length() / 3));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
