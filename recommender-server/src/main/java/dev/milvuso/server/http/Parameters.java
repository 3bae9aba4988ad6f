package dev.milvuso.server.http;

import dev.milvuso.server.recommend.Query;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands in a request's address. Whatever is wrong with it is a {@link Problem} that names the parameter. */
final class Parameters {
    private static final String COUNT = "num_recommendations";
    private static final int MAX_CATEGORY = 256;
    private static final int MAX_TAGS = 100;
    private static final int MAX_TAG = 128;
    private static final int MOST_FAULTS = 20;

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    static <T> T path(Context context, String name, Function<String, T> make) {
        try {
            // Decoded already, but not as strictly.
            PercentEncoding.decode(context.path());
            return make.apply(context.pathParam(name));
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, name, Fields.message(name, e));
        }
    }

    /** @throws Problem naming those that are not allowed or given twice */
    static Parameters of(Context context, String... allowed) {
        return of(context.queryString(), allowed);
    }

    static Parameters of(@Nullable String query, String... allowed) {
        Map<String, List<String>> values = QueryString.parse(query);
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(List.of(allowed));
        if (!unknown.isEmpty()) {
            throw new Problem(
                    400,
                    "there are unknown parameters; known are "
                            + (allowed.length == 0 ? "none" : String.join(", ", allowed)),
                    unknown.stream()
                            .limit(MOST_FAULTS)
                            .map(name -> new Problem.Fault(JsonPlace.cut(name), "is unknown"))
                            .toList());
        }
        values.forEach((name, all) -> {
            if (all.size() > 1) {
                throw Problem.of(400, name, "is given " + all.size() + " times: once is enough");
            }
        });
        return new Parameters(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
    }

    /**
     * @param usual how many items if the request does not say
     * @param most how many it may ask for
     */
    Query query(int usual, int most) {
        Optional<String> category = value("category").filter(text -> !text.isEmpty());
        if (category.filter(text -> !isShort(text, MAX_CATEGORY)).isPresent()) {
            throw Problem.of(400, "category", "must have at most " + MAX_CATEGORY + " characters, none of them NUL");
        }
        Set<String> any = Arrays.stream(value("tags").orElse("").split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toSet());
        if (any.size() > MAX_TAGS || !any.stream().allMatch(tag -> isShort(tag, MAX_TAG))) {
            throw Problem.of(
                    400,
                    "tags",
                    "must be at most " + MAX_TAGS + " of up to " + MAX_TAG + " characters, none of them NUL");
        }
        return new Query(
                count(usual, most),
                category.map(Set::of).orElse(Set.of()),
                any,
                Optional.empty(),
                Set.of(),
                flag("exclude_seen", true),
                Optional.empty(),
                OptionalDouble.empty(),
                flag("explain", false));
    }

    private static boolean isShort(String text, int most) {
        return text.length() <= most && UnicodeText.isStorable(text);
    }

    private int count(int usual, int most) {
        Optional<String> text = value(COUNT);
        if (text.isEmpty()) {
            return usual;
        }
        if (text.get().matches("[0-9]{1,6}")) {
            int count = Integer.parseInt(text.get());
            if (count >= 1 && count <= most) {
                return count;
            }
        }
        throw Problem.of(400, COUNT, "must be a whole number from 1 to " + most);
    }

    boolean flag(String name, boolean usual) {
        String text = value(name).orElse(String.valueOf(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.of(400, name, "must be true or false");
        }
        return text.equals("true");
    }
}
