package dev.milvuso.vector.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request of which the server did a part. */
interface NamedPositions {
    /** Of the entities or keys in the request that were not stored or deleted; none if the server named none. */
    List<Integer> notDone();

    /** @param errors of the problem that was answered */
    static List<Integer> of(JsonNode errors) {
        Pattern position = Pattern.compile("(?:entities|keys)\\[(\\d{1,9})]");
        List<Integer> named = new ArrayList<>();
        for (JsonNode error : errors) {
            Matcher field = position.matcher(error.path("field").asText());
            if (field.matches()) {
                named.add(Integer.parseInt(field.group(1)));
            }
        }
        return List.copyOf(named);
    }
}
