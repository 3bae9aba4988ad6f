package dev.milvuso.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Config} of the shipped defaults, a file, the environment and the command line, each winning over the
 * one before.
 */
public final class ConfigLoader {
    private static final String PREFIX = "MILVUSO_";

    private static final List<String> RECIPES = List.of("fast", "best", "als", "online");

    /** What a recipe has instead where users and items are not compared by inner products. */
    private static final String OTHER_METRICS = "other_metrics";

    /** The names that users of Milvus know; ours win over them. */
    private static final Map<String, String> MILVUS_VARIABLES = Map.of(
            "MILVUS_URI", "milvus.uri",
            "MILVUS_TOKEN", "milvus.token",
            "MILVUS_HOST", "milvus.host",
            "MILVUS_PORT", "milvus.port",
            "MILVUS_USER", "milvus.user",
            "MILVUS_PASSWORD", "milvus.password",
            "MILVUS_COLLECTION_SHARDS", "milvus.shards",
            "MILVUS_REPLICA_FACTOR", "milvus.replicas");

    private ConfigLoader() {}

    /**
     * @param file a TOML file that may leave keys out
     * @param environment variables; those that do not begin as ours do are ignored
     * @param settings {@code section.key=value} each, later ones win
     * @throws ConfigException if a key is unknown, a value is of the wrong type or out of range, or the file cannot be
     *     read
     */
    public static Config load(Optional<Path> file, Map<String, String> environment, List<String> settings) {
        return load(file, Optional.empty(), environment, settings);
    }

    /**
     * @param recipe the name of shipped settings that win over the file: {@code fast}, {@code best}, {@code als} or
     *     {@code online}
     * @throws ConfigException as above, or if there is no such recipe
     */
    public static Config load(
            Optional<Path> file, Optional<String> recipe, Map<String, String> environment, List<String> settings) {
        ObjectNode tree = Toml.shippedDefaults();
        file.ifPresent(path -> merge(tree, Toml.read(path)));
        Map<String, String> overrides = new LinkedHashMap<>();
        fromEnvironment(environment, overrides);
        fromSettings(settings, overrides);
        recipe.ifPresent(name -> mergeRecipe(tree, recipe(name), overrides.get("training.metric")));
        overrides.forEach((key, text) -> put(tree, key, text));
        return new ConfigBinder(overrides).bind(tree);
    }

    /** The shipped defaults alone. */
    public static Config defaults() {
        return load(Optional.empty(), Map.of(), List.of());
    }

    /**
     * The same configuration with other values of some keys.
     *
     * @param values by {@code section.key}, as after {@code --set}
     * @throws ConfigException if a key is unknown, a value is of the wrong type or out of range
     */
    public static Config changed(Config config, Map<String, String> values) {
        return new ConfigBinder(values).changed(config);
    }

    /** Whether the recipe's values for other metrics than inner products are those in use. */
    public static boolean usesOtherMetrics(String recipe, Config config) {
        return recipe(recipe).has(OTHER_METRICS)
                && !isInnerProduct(config.training().metric());
    }

    private static void mergeRecipe(ObjectNode tree, ObjectNode recipe, @Nullable String metric) {
        JsonNode instead = recipe.remove(OTHER_METRICS);
        merge(tree, recipe);
        String chosen = metric == null
                ? tree.path("training").path("metric").asText()
                : Toml.value(metric).asText();
        if (instead instanceof ObjectNode values && !isInnerProduct(chosen)) {
            merge(tree, values);
        }
    }

    private static boolean isInnerProduct(String metric) {
        return metric.equals("inner_product");
    }

    private static ObjectNode recipe(String name) {
        if (!RECIPES.contains(name)) {
            throw new ConfigException("--recipe " + name + ": must be one of " + String.join(", ", RECIPES));
        }
        return Toml.shipped("recipes/" + name + ".toml");
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            JsonNode old = into.get(entry.getKey());
            if (old instanceof ObjectNode oldTable && entry.getValue() instanceof ObjectNode newTable) {
                merge(oldTable, newTable);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static void fromEnvironment(Map<String, String> environment, Map<String, String> overrides) {
        new TreeMap<>(environment).forEach((name, value) -> {
            String key = MILVUS_VARIABLES.get(name);
            if (key != null) {
                overrides.put(key, value);
            }
        });
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.contains("__")) {
                String key = name.substring(PREFIX.length()).replace("__", ".").toLowerCase(Locale.ROOT);
                overrides.put(key, value);
            }
        });
    }

    private static void fromSettings(List<String> settings, Map<String, String> overrides) {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1 || setting.lastIndexOf('.', equals) < 1) {
                throw new ConfigException("--set " + setting + ": must be section.key=value");
            }
            overrides.put(setting.substring(0, equals).strip(), setting.substring(equals + 1));
        }
    }

    private static void put(ObjectNode tree, String key, String text) {
        String[] path = key.split("\\.", -1);
        ObjectNode table = tree;
        for (int i = 0; i < path.length - 1; i++) {
            if (!(table.get(path[i]) instanceof ObjectNode)) {
                table.set(path[i], JsonNodeFactory.instance.objectNode());
            }
            table = (ObjectNode) table.get(path[i]);
        }
        table.set(path[path.length - 1], Toml.value(text));
    }
}
