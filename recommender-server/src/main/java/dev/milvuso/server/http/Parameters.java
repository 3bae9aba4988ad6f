package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.vector.Filter;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashSet;
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
    static final String COUNT = "num_recommendations";
    static final int MAX_CATEGORY = 256;
    static final int MAX_CATEGORIES = 100;

    /** Items that a request may leave out. */
    static final int MAX_EXCLUDED = 10_000;

    /** Of these there may be several. */
    private static final Set<String> REPEATED = Set.of("category", "exclude");

    static final int MAX_TAGS = 100;
    static final int MAX_TAG = 128;
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
            if (all.size() > 1 && !REPEATED.contains(name)) {
                throw Problem.of(400, name, "is given " + all.size() + " times: once is enough");
            }
        });
        return new Parameters(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
    }

    /**
     * @param count the parameter that says how many
     * @param usual how many items if the request does not say
     * @param most how many it may ask for
     */
    Query query(String count, int usual, int most, ItemFilters filters) {
        Set<String> categories =
                all("category").stream().filter(text -> !text.isEmpty()).collect(Collectors.toSet());
        if (categories.size() > MAX_CATEGORIES || !categories.stream().allMatch(text -> isShort(text, MAX_CATEGORY))) {
            throw Problem.of(
                    400,
                    "category",
                    "must have at most " + MAX_CATEGORY + " characters, none of them NUL, and be given at most "
                            + MAX_CATEGORIES + " times");
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
                whole(count, usual, most),
                categories,
                any,
                filter(filters),
                excluded(),
                flag("exclude_seen", true),
                value("context_item").map(id -> made("context_item", id, ItemId::new)),
                diversity(),
                flag("explain", false));
    }

    Optional<Filter> filter(ItemFilters filters) {
        return value("filter").filter(text -> !text.isBlank()).map(text -> made("filter", text, filters::parse));
    }

    /** Separated by commas; an id that holds one has to come in a body. */
    private Set<ItemId> excluded() {
        Set<ItemId> excluded = new HashSet<>();
        for (String ids : all("exclude")) {
            for (String id : ids.split(",", -1)) {
                if (!id.isEmpty()) {
                    excluded.add(made("exclude", id, ItemId::new));
                }
            }
        }
        return excluded;
    }

    private OptionalDouble diversity() {
        Optional<String> text = value("diversity");
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!text.get().matches("0|1|0\\.[0-9]{1,9}|1\\.0{1,9}")) {
            throw Problem.of(400, "diversity", "must be a number from 0 to 1, such as 0.5");
        }
        return OptionalDouble.of(Double.parseDouble(text.get()));
    }

    /** @throws Problem that names the parameter if it cannot be made of this text */
    <T> T made(String name, String text, Function<String, T> make) {
        try {
            return make.apply(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, name, Fields.message(name, e));
        }
    }

    private List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    static boolean isShort(String text, int most) {
        return text.length() <= most && UnicodeText.isStorable(text);
    }

    int whole(String name, int usual, int most) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return usual;
        }
        if (text.get().matches("[0-9]{1,6}")) {
            int count = Integer.parseInt(text.get());
            if (count >= 1 && count <= most) {
                return count;
            }
        }
        throw Problem.of(400, name, "must be a whole number from 1 to " + most);
    }

    boolean flag(String name, boolean usual) {
        String text = value(name).orElse(String.valueOf(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.of(400, name, "must be true or false");
        }
        return text.equals("true");
    }
}
