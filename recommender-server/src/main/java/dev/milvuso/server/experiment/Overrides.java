package dev.milvuso.server.experiment;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which keys of the configuration a variant may replace, and with what.
 *
 * @param allowed the keys that the making of a list goes by
 */
public record Overrides(Config config, Predicate<String> allowed) {
    /** What is wrong with them; empty if nothing is. */
    public Optional<String> faultOf(Map<String, String> overrides) {
        for (String key : overrides.keySet()) {
            if (!allowed.test(key)) {
                return Optional.of(key + " cannot be overridden: it does not say how one list is made");
            }
        }
        try {
            var unused = ConfigLoader.changed(config, overrides);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
