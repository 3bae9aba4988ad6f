package dev.milvuso.trainer.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Lines under a header; columns that are not asked for are ignored.
 *
 * @param columns where user, item, action type, value and timestamp stand; -1 where there is none
 * @param actionType of a line that names none, or ""
 */
record CsvLines(int width, int[] columns, String actionType) implements LineFormat {
    /** What the columns are called elsewhere; the first name that the header has is taken. */
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            "user_id", List.of("user"),
            "userId", List.of("user", "user_id"),
            "item_id", List.of("item", "movie"),
            "movieId", List.of("movie", "movie_id", "item"));

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
        int[] columns =
                Arrays.stream(names).mapToInt(name -> column(found, name)).toArray();
        for (int i = 0; i < 2; i++) {
            if (columns[i] < 0) {
                String name = names[i];
                throw new IllegalArgumentException("column " + name + " is missing: the header is '" + header + "'");
            }
        }
        return new CsvLines(found.size(), columns, actionType);
    }

    private static int column(List<String> header, String name) {
        int column = header.indexOf(name);
        Iterator<String> others = OTHER_NAMES.getOrDefault(name, List.of()).iterator();
        while (column < 0 && others.hasNext()) {
            column = header.indexOf(others.next());
        }
        return column;
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
