package dev.milvuso.server.http;

import java.util.List;

/** A refusal, as RFC 9457 has it. */
public final class Problem extends RuntimeException {
    /** The field that stands for a body as a whole. */
    static final String BODY = "body";

    /**
     * @param field what is wrong: the path in the body, such as {@code [17].item_id}, {@link #BODY}, or the name of a
     *     parameter or header
     * @param message what would be right; reads on from the field
     */
    public record Fault(String field, String message) {}

    private final int status;
    private final List<Fault> faults;

    public Problem(int status, String detail, List<Fault> faults) {
        super(detail, null, false, false);
        this.status = status;
        this.faults = List.copyOf(faults);
    }

    public Problem(int status, String detail) {
        this(status, detail, List.of());
    }

    static Problem of(int status, String field, String message) {
        return new Problem(status, field + " " + message, List.of(new Fault(field, message)));
    }

    public int status() {
        return status;
    }

    public List<Fault> faults() {
        return faults;
    }
}
