package dev.milvuso.vector.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.component.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server, or what it depends on, does not answer now. */
final class RefusedRowsException extends Unavailable {
    private static final long serialVersionUID = 1;
    private static final Pattern ROW = Pattern.compile("entities\\[(\\d{1,9})]");

    private final transient List<Integer> rows;

    RefusedRowsException(String dependency, String detail, JsonNode errors) {
        super(dependency, detail, null);
        List<Integer> named = new ArrayList<>();
        for (JsonNode error : errors) {
            Matcher row = ROW.matcher(error.path("field").asText());
            if (row.matches()) {
                named.add(Integer.parseInt(row.group(1)));
            }
        }
        this.rows = List.copyOf(named);
    }

    /** Those that were not stored, if the server named any; their positions in the request. */
    List<Integer> rows() {
        return rows;
    }
}
