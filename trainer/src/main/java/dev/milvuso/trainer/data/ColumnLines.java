package dev.milvuso.trainer.data;

import java.util.List;

/**
 * User, item, and optionally rating and timestamp, without a header.
 *
 * @param right what a line must be, for messages
 * @param actionType of every line, or ""
 */
record ColumnLines(String separator, String right, String actionType) implements LineFormat {
    @Override
    public List<Interaction> parse(String line) {
        String[] fields = line.split(separator, -1);
        if (fields.length < (actionType.isEmpty() ? 2 : 3) || fields.length > 4) {
            throw new IllegalArgumentException("must be " + right);
        }
        String rating = fields.length > 2 ? fields[2] : "";
        String time = fields.length > 3 ? fields[3] : "";
        return List.of(new TextFields(fields[0], fields[1], actionType, rating, time).toInteraction());
    }
}
