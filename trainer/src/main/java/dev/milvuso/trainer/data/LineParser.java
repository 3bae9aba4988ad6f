package dev.milvuso.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Takes one line apart; errors say what is wrong with it. */
final class LineParser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final DataFormat format;
    private List<String> header = List.of();

    LineParser(DataFormat format) {
        this.format = format;
    }

    /**
     * Whether the first line is a header; if so it is kept.
     *
     * @throws IllegalArgumentException if a column is missing
     */
    boolean isHeader(String first) {
        boolean csv = format == DataFormat.CSV || (format == DataFormat.MOVIELENS && !first.contains("::"));
        if (!csv) {
            return false;
        }
        header = Arrays.asList(first.strip().split(",", -1));
        for (String column : List.of(userColumn(), itemColumn())) {
            if (!header.contains(column)) {
                throw new IllegalArgumentException("column " + column + " is missing: the header is '" + first + "'");
            }
        }
        return true;
    }

    List<Interaction> parse(String line) {
        return switch (format) {
            case NCF -> List.of(columns(line.split("\t", -1), "user, item, rating and timestamp, separated by tabs"));
            case MOVIELENS ->
                List.of(header.isEmpty() ? columns(line.split("::", -1), "user::item::rating::timestamp") : csv(line));
            case CSV -> List.of(csv(line));
            case JSONL -> List.of(json(line));
            case ADJACENCY -> adjacency(line);
        };
    }

    private String userColumn() {
        return format == DataFormat.CSV ? "user_id" : "userId";
    }

    private String itemColumn() {
        return format == DataFormat.CSV ? "item_id" : "movieId";
    }

    private Interaction columns(String[] fields, String right) {
        if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
            throw new IllegalArgumentException("must be " + right);
        }
        Optional<String> type = format == DataFormat.MOVIELENS ? Optional.of("Rate") : Optional.empty();
        return new Interaction(
                fields[0],
                fields[1],
                type,
                fields.length > 2 ? OptionalDouble.of(number("rating", fields[2])) : OptionalDouble.empty(),
                fields.length > 3 ? seconds(fields[3]) : OptionalLong.empty());
    }

    private Interaction csv(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != header.size()) {
            throw new IllegalArgumentException(
                    fields.length + " fields, must be " + header.size() + " as in the header");
        }
        String time = field(fields, "timestamp");
        if (format == DataFormat.MOVIELENS) {
            return columns(
                    new String[] {field(fields, "userId"), field(fields, "movieId"), field(fields, "rating"), time},
                    "userId,movieId,rating,timestamp");
        }
        String type = field(fields, "action_type");
        String value = field(fields, "value");
        return interaction(field(fields, "user_id"), field(fields, "item_id"), type, value, time);
    }

    private String field(String[] fields, String name) {
        int index = header.indexOf(name);
        return index < 0 ? "" : fields[index].strip();
    }

    private static Interaction json(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return interaction(
                    node.path("user_id").asText(),
                    node.path("item_id").asText(),
                    node.path("action_type").asText(),
                    node.path("value").asText(),
                    node.path("timestamp").asText());
        } catch (IOException e) {
            throw new IllegalArgumentException("not valid JSON, must be one action", e);
        }
    }

    private static Interaction interaction(String user, String item, String type, String value, String time) {
        if (user.isEmpty() || item.isEmpty()) {
            throw new IllegalArgumentException("user_id and item_id must not be empty");
        }
        return new Interaction(
                user,
                item,
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number("value", value)),
                time.isEmpty() ? OptionalLong.empty() : time(time));
    }

    private static List<Interaction> adjacency(String line) {
        String[] fields = line.strip().split(" +");
        return Arrays.stream(fields)
                .skip(1)
                .map(item -> new Interaction(
                        fields[0], item, Optional.empty(), OptionalDouble.empty(), OptionalLong.empty()))
                .toList();
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + text + "', must be a number", e);
        }
    }

    private static OptionalLong seconds(String text) {
        return text.isBlank() ? OptionalLong.empty() : OptionalLong.of(Math.round(number("timestamp", text) * 1000));
    }

    private static OptionalLong time(String text) {
        try {
            return text.contains("T") ? OptionalLong.of(Instant.parse(text).toEpochMilli()) : seconds(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timestamp is '" + text + "', must be ISO 8601 or seconds", e);
        }
    }
}
