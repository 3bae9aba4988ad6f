package dev.milvuso.server.http;

import dev.milvuso.server.recommend.Query;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what stands in a request's address. */
final class Parameters {
    private Parameters() {}

    static <T> T path(Context context, String name, Function<String, T> make) {
        try {
            return make.apply(context.pathParam(name));
        } catch (IllegalArgumentException e) {
            throw Problem.of(name, String.valueOf(e.getMessage()));
        }
    }

    /** @throws Problem naming those that are not allowed or given twice */
    static void allow(Context context, String... allowed) {
        Set<String> unknown = new TreeSet<>(context.queryParamMap().keySet());
        unknown.removeAll(List.of(allowed));
        if (!unknown.isEmpty()) {
            String message =
                    "unknown parameters: " + String.join(", ", unknown) + "; known are " + String.join(", ", allowed);
            throw new Problem(
                    400,
                    message,
                    unknown.stream()
                            .map(name -> new Problem.Fault(name, "is unknown"))
                            .toList());
        }
        context.queryParamMap().forEach((name, values) -> {
            if (values.size() > 1) {
                throw Problem.of(name, name + " is given " + values.size() + " times");
            }
        });
    }

    static Query query(Context context, int usual, int most) {
        Optional<String> category =
                Optional.ofNullable(context.queryParam("category")).filter(text -> !text.isEmpty());
        String tags = Optional.ofNullable(context.queryParam("tags")).orElse("");
        Set<String> any = Arrays.stream(tags.split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toSet());
        return new Query(count(context, usual, most), category, any, flag(context, "exclude_seen", true));
    }

    private static int count(Context context, int usual, int most) {
        String name = "num_recommendations";
        String text = context.queryParam(name);
        if (text == null) {
            return usual;
        }
        if (text.matches("[0-9]{1,6}")) {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= most) {
                return count;
            }
        }
        throw Problem.of(name, name + " must be a whole number from 1 to " + most);
    }

    static boolean flag(Context context, String name, boolean usual) {
        String text = context.queryParam(name);
        if (text == null) {
            return usual;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.of(name, name + " must be true or false");
        }
        return text.equals("true");
    }
}
