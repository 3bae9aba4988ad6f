package dev.milvuso.standalone.doctor;

import dev.milvuso.config.Config;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Environment variables that look like settings and are none. They may be another's, Kubernetes' own for example. */
public final class Environment {
    private static final String PREFIX = "MILVUSO_";

    private Environment() {}

    /** @param names of the variables that are set */
    public static List<Finding> look(Collection<String> names) {
        return names.stream()
                .sorted()
                .filter(Environment::isNearMiss)
                .map(Environment::finding)
                .toList();
    }

    private static boolean isNearMiss(String name) {
        return !name.contains("__")
                && Arrays.stream(Config.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .anyMatch(section -> name.startsWith(PREFIX + section.toUpperCase(Locale.ROOT) + "_"));
    }

    private static Finding finding(String name) {
        return Finding.notice(
                "environment",
                name + " sets nothing: a setting is called " + PREFIX + "SECTION__KEY, with two underscores");
    }
}
