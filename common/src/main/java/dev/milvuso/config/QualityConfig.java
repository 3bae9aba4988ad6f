package dev.milvuso.config;

import dev.milvuso.action.ActionTypes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code [quality]}, see config/default.toml. */
public record QualityConfig(
        Duration window,
        int k,
        String clickActions,
        String conversionActions,
        int openLists,
        Duration readBack,
        double randomOrder,
        Duration outcomeWindow,
        double mostWeight) {
    public QualityConfig {
        Check.range("quality.window", window, "1m", "7d");
        Check.range("quality.k", k, 1, 100);
        Check.range("quality.open_lists", openLists, 1000, 10000000);
        Check.range("quality.read_back", readBack, "0s", "7d");
        Check.range("quality.random_order", randomOrder, 0, 1);
        Check.range("quality.outcome_window", outcomeWindow, "0s", "90d");
        Check.range("quality.most_weight", mostWeight, 1, 1000);
    }

    void check(ActionTypes actions) {
        check("quality.click_actions", clickActions, actions);
        check("quality.conversion_actions", conversionActions, actions);
    }

    private static void check(String key, String names, ActionTypes actions) {
        for (String name : names(names)) {
            if (actions.find(name).isEmpty()) {
                throw new ConfigException(
                        key + " is \"" + names + "\": must be among " + String.join(", ", actions.names()));
            }
        }
    }

    /** Lower-case names of the types that are clicks. */
    public Set<String> clicks() {
        return names(clickActions);
    }

    /** Lower-case names of the types that are conversions. */
    public Set<String> conversions() {
        return names(conversionActions);
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
