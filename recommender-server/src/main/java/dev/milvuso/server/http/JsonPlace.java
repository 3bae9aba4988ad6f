package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonStreamContext;

/** Writes places in a body as refusals name them, such as {@code [17].embedding[3]}. */
final class JsonPlace {
    private static final int LONGEST = 128;

    private JsonPlace() {}

    /** Where a parser stands; {@link Problem#BODY} outside of all values. */
    static String of(JsonStreamContext at) {
        String path = path(at);
        return path.isEmpty() ? Problem.BODY : path;
    }

    private static String path(JsonStreamContext at) {
        if (at.getParent() == null) {
            return "";
        }
        String outer = path(at.getParent());
        if (at.inArray()) {
            return cut(outer + "[" + at.getCurrentIndex() + "]");
        }
        return at.getCurrentName() == null ? outer : member(outer, at.getCurrentName());
    }

    /** @param outer the object's own place, empty for the body */
    static String member(String outer, String name) {
        return cut(outer.isEmpty() ? name : outer + "." + name);
    }

    /** A caller chooses the names, and is not to choose how long an answer gets. */
    static String cut(String path) {
        return path.length() <= LONGEST ? path : path.substring(0, LONGEST);
    }
}
