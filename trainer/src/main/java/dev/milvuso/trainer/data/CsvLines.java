package dev.milvuso.trainer.data;

import java.util.Arrays;
import java.util.Collections;
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
        List<String> found = Arrays.asList(Csv.fields(header));
        return of(header, found, ColumnNames.ofActions(found), "");
    }

    /** The newer MovieLens sets: userId, movieId, rating, timestamp. */
    static CsvLines ratings(String header) {
        List<String> found = Arrays.asList(Csv.fields(header));
        return of(header, found, ColumnNames.ofRatings(found), "Rate");
    }

    private static CsvLines of(String header, List<String> found, List<String> names, String actionType) {
        for (String name : names.subList(0, ColumnNames.NEEDED)) {
            if (!found.contains(name)) {
                throw new IllegalArgumentException(
                        "column " + name + " is missing: the header is " + Quoted.of(header));
            }
        }
        for (String name : names) {
            if (!name.isEmpty() && Collections.frequency(found, name) > 1) {
                throw new IllegalArgumentException(
                        "column " + name + " is there more than once: the header is " + Quoted.of(header));
            }
        }
        return new CsvLines(
                found.size(), names.stream().mapToInt(found::indexOf).toArray(), actionType);
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
