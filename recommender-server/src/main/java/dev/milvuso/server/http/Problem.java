package dev.milvuso.server.http;

import java.util.List;

/** A refusal, as RFC 9457 has it. */
public final class Problem extends RuntimeException {
    /** @param field path of what is wrong, such as {@code [17].item_id}; empty for the body as a whole */
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

    public static Problem of(String field, String message) {
        return new Problem(400, message, List.of(new Fault(field, message)));
    }

    public int status() {
        return status;
    }

    public List<Fault> faults() {
        return faults;
    }
}
