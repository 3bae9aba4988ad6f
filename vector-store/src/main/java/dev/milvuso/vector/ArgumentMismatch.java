package dev.milvuso.vector;

import java.util.List;
import java.util.stream.Stream;

/** An argument of which a part is not what it must be. The message names the part, and needs no place before it. */
public class ArgumentMismatch extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Object> place;

    /** @param place of the part, see {@link #place} */
    public ArgumentMismatch(String message, Object... place) {
        super(message);
        this.place = List.of(place);
    }

    /**
     * As the JSON of requests has it, from the outside in: a {@link String} is a member's name, an {@link Integer} an
     * element's position.
     */
    public List<Object> place() {
        return place;
    }

    /** The same of something of which the argument is a part itself. */
    public ArgumentMismatch within(Object... outer) {
        ArgumentMismatch whole = new ArgumentMismatch(
                String.valueOf(getMessage()),
                Stream.concat(Stream.of(outer), place.stream()).toArray());
        whole.initCause(this);
        return whole;
    }
}
