package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.server.recommend.Recommender;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recommender under the configuration as it is and, for experiments, under overrides of it. */
final class Recommenders implements Function<Map<String, String>, Recommender> {
    private static final Logger LOG = LoggerFactory.getLogger(Recommenders.class);

    /** Far more than there are variants at a time; those of old experiments are let go. */
    private static final int MOST = 500;

    private final Config config;
    private final Function<Config, Recommender> under;
    private final Recommender plain;
    private final Map<Map<String, String>, Recommender> others = new ConcurrentHashMap<>();

    /** @param under makes a recommender, of parts that all of them share but for what the configuration says */
    Recommenders(Config config, Function<Config, Recommender> under) {
        this.config = config;
        this.under = under;
        this.plain = under.apply(config);
    }

    /** Whether a variant may have another value: the key must be read by what makes one list, and nothing else. */
    static boolean isOverridable(String key) {
        return key.equals("recommendation.similarity_threshold")
                || (key.startsWith("ranking.")
                        && !key.equals("ranking.rotation_window")
                        && !key.startsWith("ranking.learned_"));
    }

    Recommender plain() {
        return plain;
    }

    @Override
    public Recommender apply(Map<String, String> overrides) {
        if (overrides.isEmpty()) {
            return plain;
        }
        Recommender known = others.get(overrides);
        if (known != null) {
            return known;
        }
        if (others.size() >= MOST) {
            others.clear();
        }
        return others.computeIfAbsent(Map.copyOf(overrides), this::made);
    }

    private Recommender made(Map<String, String> overrides) {
        try {
            return under.apply(ConfigLoader.changed(config, overrides));
        } catch (ConfigException e) {
            // They were checked when they were posted, by a version with other keys or by one with another file.
            LOG.warn("the overrides {} of an experiment have no effect: {}", overrides, e.getMessage());
            return plain;
        }
    }
}
