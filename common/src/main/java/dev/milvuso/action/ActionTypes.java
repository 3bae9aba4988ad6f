package dev.milvuso.action;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configured action types, found by name without regard to case. Immutable. */
public final class ActionTypes {
    private final Map<String, ActionType> byName;
    private final Map<String, ActionType> byLowerCaseName;
    private final List<String> names;

    /** @throws IllegalArgumentException if two names differ in case alone, or there is no {@code Impression} */
    public ActionTypes(Collection<ActionType> types) {
        byLowerCaseName = types.stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.name().toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> {
                            throw new IllegalArgumentException(
                                    "actions." + a.name() + " and actions." + b.name() + " differ in case alone");
                        }));
        byName = types.stream().collect(Collectors.toUnmodifiableMap(ActionType::name, Function.identity()));
        names = types.stream().map(ActionType::name).sorted().toList();
        if (find(ActionType.IMPRESSION).isEmpty()) {
            throw new IllegalArgumentException("actions.Impression is missing");
        }
    }

    public Optional<ActionType> find(String name) {
        // On the log a type stands in its configured spelling.
        ActionType exactly = byName.get(name);
        return Optional.ofNullable(exactly != null ? exactly : byLowerCaseName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** In alphabetical order, for messages. */
    public List<String> names() {
        return names;
    }
}
