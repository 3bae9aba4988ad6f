package dev.milvuso.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a file of negatives. */
record NegativesLine(String user, String positive, List<String> negatives) {
    /** @throws IllegalArgumentException beginning with {@code where} */
    static NegativesLine parse(String text, String where) {
        String[] fields = text.split("\t");
        String pair = fields[0];
        int comma = pair.indexOf(',');
        if (fields.length < 2 || comma < 2 || !pair.startsWith("(") || !pair.endsWith(")")) {
            throw new IllegalArgumentException(where + ": must be (user,positive), then tabs and negatives");
        }
        return new NegativesLine(
                pair.substring(1, comma),
                pair.substring(comma + 1, pair.length() - 1),
                Arrays.asList(fields).subList(1, fields.length));
    }

    /** @throws IllegalArgumentException beginning with {@code where}, if the test file holds out another item */
    void check(@Nullable String heldOut, String where) {
        if (heldOut == null) {
            throw new IllegalArgumentException(
                    where + ": user '" + user + "' is not in the test file, or has two lines here");
        }
        if (!heldOut.equals(positive)) {
            throw new IllegalArgumentException(where + ": the positive of user '" + user + "' is '" + positive
                    + "', but '" + heldOut + "' in the test file");
        }
    }
}
