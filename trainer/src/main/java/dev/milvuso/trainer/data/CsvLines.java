package dev.milvuso.trainer.data;

import java.util.Arrays;
import java.util.List;

/**
 * Lines under a header; columns that are not asked for are ignored.
 *
 * @param columns where user, item, action type, value and timestamp stand; -1 where there is none
 * @param actionType of a line that names none, or ""
 */
record CsvLines(int width, int[] columns, String actionType) implements LineFormat {
    /** Columns user_id, item_id and optionally action_type, value, timestamp. */
    static CsvLines actions(String header) {
        return of(header, "", "user_id", "item_id", "action_type", "value", "timestamp");
    }

    /** The newer MovieLens sets: userId, movieId, rating, timestamp. */
    static CsvLines ratings(String header) {
        return of(header, "Rate", "userId", "movieId", "", "rating", "timestamp");
    }

    private static CsvLines of(String header, String actionType, String... names) {
        List<String> found = Arrays.asList(Csv.fields(header));
        if (found.contains("user") && !found.contains(names[0])) {
            // As converted ratings often have it: user,item or user,movie.
            names[0] = "user";
            names[1] = found.contains("movie") ? "movie" : "item";
        }
        for (String name : List.of(names[0], names[1])) {
            if (!found.contains(name)) {
                throw new IllegalArgumentException(
                        "column " + name + " is missing: the header is " + Quoted.of(header));
            }
        }
        return new CsvLines(
                found.size(), Arrays.stream(names).mapToInt(found::indexOf).toArray(), actionType);
    }

    @Override
    public List<Interaction> parse(String line) {
        String[] fields = Csv.fields(line);
        if (fields.length != width) {
            throw new IllegalArgumentException(
                    "has " + fields.length + " fields, must have " + width + " as the header");
        }
        String type = field(fields, 2);
        return List.of(new TextFields(
                        field(fields, 0),
                        field(fields, 1),
                        type.isEmpty() ? actionType : type,
                        field(fields, 3),
                        field(fields, 4))
                .toInteraction());
    }

    private String field(String[] fields, int column) {
        return columns[column] < 0 ? "" : fields[columns[column]];
    }
}
