package dev.milvuso.vector.json;

import java.util.List;

/** JSON that does not say what it should. The message begins with the place, as a JSON pointer. */
public final class JsonMismatch extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** A caller chooses the names, and is not to choose how long a message gets. */
    private static final int LONGEST = 128;

    private final transient List<Object> place;
    private final String reason;
    private final boolean sentence;

    JsonMismatch(List<Object> place, String reason) {
        this(place, reason, false);
    }

    JsonMismatch(List<Object> place, String reason, boolean sentence) {
        super(place.isEmpty() ? reason : pointer(place) + ": " + reason);
        this.place = List.copyOf(place);
        this.reason = reason;
        this.sentence = sentence;
    }

    /** From the outside in: a {@link String} is a member's name, an {@link Integer} an element's position. */
    public List<Object> place() {
        return place;
    }

    /** What is wrong and what would be right; reads on from the place unless it {@link #isSentence}. */
    public String reason() {
        return reason;
    }

    /** Whether the reason names what it is about, and needs no place before it. */
    public boolean isSentence() {
        return sentence;
    }

    private static String pointer(List<Object> place) {
        StringBuilder pointer = new StringBuilder();
        for (Object step : place) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.length() <= LONGEST ? pointer.toString() : pointer.substring(0, LONGEST) + "\u2026";
    }
}
